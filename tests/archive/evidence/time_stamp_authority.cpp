#include "time_stamp_authority.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <vector>

extern char** environ;

namespace eakte::archive {
namespace {

std::string read(const std::filesystem::path& file) {
  std::ostringstream content;
  content << std::ifstream(file, std::ios::binary).rdbuf();
  return content.str();
}

int openssl(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "openssl");
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  posix_spawn_file_actions_t quiet;
  posix_spawn_file_actions_init(&quiet);
  posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&quiet, 2, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int failed = posix_spawnp(&child, "openssl", &quiet, nullptr, pointers.data(), environ);
  posix_spawn_file_actions_destroy(&quiet);
  if (failed != 0) return failed;
  int status = 0;
  waitpid(child, &status, 0);
  return status;
}

}  // namespace

bool TimeStampAuthority::available() { return openssl({"version"}) == 0; }

TimeStampAuthority::TimeStampAuthority(std::filesystem::path directory) : directory_(std::move(directory)) {
  std::ofstream(directory_ / "tsa.cnf")
      << "[req]\ndistinguished_name=dn\nx509_extensions=ext\nprompt=no\n"
         "[dn]\nCN=Zeitstempel der Stadt Musterau\n"
         "[ext]\nextendedKeyUsage=critical,timeStamping\n"
         "[tsa]\ndefault_tsa=one\n[one]\nserial="
      << (directory_ / "serial").string()
      << "\ndefault_policy=1.2.3.4.1\nsigner_digest=sha256\n"
         "digests=sha256,sha384,sha512\nordering=yes\ness_cert_id_alg=sha256\n";
  std::ofstream(directory_ / "serial") << "01\n";
  if (openssl({"req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-config",
               (directory_ / "tsa.cnf").string(), "-keyout", (directory_ / "key.pem").string(), "-out",
               (directory_ / "certificate.pem").string()}) != 0)
    throw std::runtime_error("openssl makes no certificate");
}

std::string TimeStampAuthority::answer(const std::string& request) const {
  std::ofstream(directory_ / "request", std::ios::binary) << request;
  if (openssl({"ts", "-reply", "-config", (directory_ / "tsa.cnf").string(), "-section", "one", "-queryfile",
               (directory_ / "request").string(), "-signer", (directory_ / "certificate.pem").string(),
               "-inkey", (directory_ / "key.pem").string(), "-out", (directory_ / "answer").string()}) != 0)
    throw std::runtime_error("openssl gives no time stamp");
  return read(directory_ / "answer");
}

std::string TimeStampAuthority::certificate() const { return read(directory_ / "certificate.pem"); }

}  // namespace eakte::archive
