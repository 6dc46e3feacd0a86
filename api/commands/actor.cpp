#include "api/commands/actor.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>

#include "api/error.h"
#include "archive/sessions.h"

namespace eakte::api {
namespace {

/// The terminal with echo switched off, as long as this lives.
class SilentTerminal {
public:
  SilentTerminal() : descriptor_(open("/dev/tty", O_RDWR | O_CLOEXEC)) {
    if (descriptor_ < 0 || tcgetattr(descriptor_, &before_) != 0)
      throw Error("Es ist kein Terminal da, um das Passwort einzugeben; bitte --password-file angeben.");
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(descriptor_, TCSAFLUSH, &silent);
  }
  ~SilentTerminal() {
    tcsetattr(descriptor_, TCSAFLUSH, &before_);
    close(descriptor_);
  }
  SilentTerminal(const SilentTerminal&) = delete;
  SilentTerminal& operator=(const SilentTerminal&) = delete;

  std::string ask(const std::string& prompt) const {
    say(prompt + ": ");
    std::string line;
    for (char c = 0; read(descriptor_, &c, 1) == 1 && c != '\n';) line += c;
    say("\n");
    return line;
  }

private:
  void say(const std::string& text) const {
    if (write(descriptor_, text.data(), text.size()) < 0)
      throw Error("Das Terminal lässt sich nicht beschreiben.");
  }

  int descriptor_;
  termios before_{};
};

std::string first_line(std::istream& stream, const std::string& name) {
  std::string line;
  if (!std::getline(stream, line)) throw Error(fmt::format("{}: darin steht kein Passwort.", name));
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

}  // namespace

std::string password_from(const std::filesystem::path& file, const std::string& prompt) {
  if (file.empty()) return SilentTerminal().ask(prompt);
  if (file == "-") return first_line(std::cin, "Standardeingabe");
  std::ifstream stream(file);
  if (!stream) throw Error(fmt::format("{} lässt sich nicht lesen.", file.string()));
  return first_line(stream, file.string());
}

std::string new_password_from(const std::filesystem::path& file, const std::string& name) {
  std::string password = password_from(file, fmt::format("Neues Passwort für {}", name));
  if (file.empty() && password_from(file, "Noch einmal") != password)
    throw Error("Die beiden Eingaben stimmen nicht überein.");
  return password;
}

std::string acting_person(archive::Archive& archive, const DataOptions& options,
                          std::initializer_list<archive::Role> any_of) {
  if (options.as.empty()) {
    if (!archive::has_accounts(archive)) return "cli";
    throw Error(
        "Dieser Mandant hat Benutzerkonten; bitte mit --as NAME angeben, wer das tut (das Passwort wird "
        "erfragt).");
  }
  const std::string password =
      password_from(options.password_file, fmt::format("Passwort von {}", options.as));
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const archive::Account account = archive::authenticate(archive, options.as, password, now, "cli");
  if (account.must_change_password())
    throw archive::Forbidden("password_to_change",
                             fmt::format("the password of {} is not the own", account.name));
  if (!std::ranges::any_of(any_of, [&](archive::Role role) { return account.has(role); })) {
    archive::record_denial(archive, account.name, "command", "");
    throw archive::Forbidden("role_missing", fmt::format("{} has none of the roles", account.name));
  }
  return account.name;
}

Reader command_reader(archive::Archive& archive, const DataOptions& options) {
  using enum archive::Role;
  if (options.as.empty()) return {"cli"};
  return reader_named(archive, acting_person(archive, options, {clerk, records_manager, auditor}));
}

}  // namespace eakte::api
