#include "ingest/worker/office_job.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <vector>

#include "ingest/formats/source_bytes.h"
#include "ingest/formats/text_bytes.h"
#include "ingest/worker.h"
#include "ingest/worker/channel.h"
#include "ingest/worker/isolation.h"

namespace eakte::ingest {
namespace {

namespace fs = std::filesystem;

// What the file is called for the program: a table in text form takes its name as the sheet's.
constexpr const char* file_stem = "Tabelle";

/// How the program is to take a format and which part of it does that.
struct Handling {
  Format format;
  const char* ending;
  const char* part;    ///< library of the program that must be installed
  const char* filter;  ///< writes the PDF
  const char* input_filter = nullptr;
};

constexpr const char* writer = "libswlo.so";
constexpr const char* calc = "libsclo.so";
constexpr const char* impress = "libsdlo.so";
constexpr auto handlings = std::to_array<Handling>({
    {Format::docx, "docx", writer, "writer_pdf_Export"},
    {Format::odt, "odt", writer, "writer_pdf_Export"},
    {Format::doc, "doc", writer, "writer_pdf_Export"},
    {Format::rtf, "rtf", writer, "writer_pdf_Export", "Rich Text Format"},
    {Format::html, "html", writer, "writer_pdf_Export", "HTML (StarWriter)"},
    {Format::text, "txt", writer, "writer_pdf_Export", "Text (encoded):UTF8,LF,,,"},
    {Format::xlsx, "xlsx", calc, "calc_pdf_Export"},
    {Format::ods, "ods", calc, "calc_pdf_Export"},
    {Format::xls, "xls", calc, "calc_pdf_Export"},
    {Format::csv, "csv", calc, "calc_pdf_Export"},
    {Format::pptx, "pptx", impress, "impress_pdf_Export"},
    {Format::odp, "odp", impress, "impress_pdf_Export"},
    {Format::ppt, "ppt", impress, "impress_pdf_Export"},
});

// No macros, no links to other files, no Java, German numbers; nothing is asked, nothing is looked for at
// home.
constexpr const char* settings = R"(<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>1</value></prop></item>
<item oor:path="/org.openoffice.Office.Java/VirtualMachine"><prop oor:name="Enable" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="FirstRun" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>de-DE</value></prop></item>
<item oor:path="/org.openoffice.Office.Linguistic/General"><prop oor:name="DefaultLocale" oor:op="fuse"><value>de-DE</value></prop></item>
</oor:items>
)";

/// What the program needs to see; the rest of the machine does not exist for it.
std::vector<std::string> readable_places(const std::string& program) {
  return {"/usr",
          "/lib",
          "/lib64",
          "/opt/libreoffice",
          fs::path(program).parent_path().string(),
          "/etc/fonts",
          "/etc/libreoffice",
          "/etc/ld.so.cache",
          "/etc/localtime",
          "/etc/passwd",
          "/var/lib/libreoffice",
          "/var/spool/libreoffice",
          "/etc/nsswitch.conf",
          "/var/cache/fontconfig",
          "/proc/self/maps",
          "/proc/filesystems",
          "/dev/urandom"};
}

void copy_file(int from, const fs::path& to) {
  const Descriptor file(open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file) throw Error(fmt::format("cannot make the office file: {}", std::strerror(errno)));
  const SourceBytes source(from);
  const auto bytes = source.bytes();
  write_all(file.get(), {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

void write_text(const fs::path& to, const std::string& text) {
  const Descriptor file(open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file) throw Error(fmt::format("cannot make a file for the office program: {}", std::strerror(errno)));
  write_all(file.get(), text);
}

/// Office files of the newer kinds are ZIPs: what they unpack to is counted before a program unpacks them.
void require_bounded(int input, const ReadLimits& limits) {
  const Descriptor nowhere(open("/dev/null", O_WRONLY | O_CLOEXEC));
  try {
    unpack(input, limits, [&](const Member&) { return nowhere.get(); });
  } catch (const Refused& refused) {
    if (refused.code.starts_with("archive_")) throw Refused("office_too_large", refused.what());
    throw;
  }
}

/// The file as the program takes it: text as UTF-8, everything else as it is. Returns the filter to read
/// with.
std::string lay_out(int input, const Handling& handling, const fs::path& file) {
  if (handling.format != Format::text && handling.format != Format::csv) {
    copy_file(input, file);
    return handling.input_filter != nullptr ? handling.input_filter : "";
  }
  const std::string text = utf8_text(SourceBytes(input).bytes());
  write_text(file, text);
  if (handling.format == Format::text) return handling.input_filter;
  constexpr int utf8_of_the_filter = 76;
  // Every column is text: "12,50" and "00123" stay what they are, and nothing is calculated.
  const char separator = column_separator(text);
  std::string columns;
  for (int column = 1; column <= most_columns(text, separator); ++column)
    columns += fmt::format("{}{}/2", column == 1 ? "" : "/", column);
  return fmt::format("Text - txt - csv (StarCalc):{},34,{},1,{}", static_cast<int>(separator),
                     utf8_of_the_filter, columns);
}

std::vector<std::string> arguments_for(const Handling& handling, const std::string& program,
                                       const fs::path& directory, const std::string& input_filter,
                                       int most_pages) {
  std::vector<std::string> arguments{program + "/soffice.bin",
                                     "--headless",
                                     "--invisible",
                                     "--nologo",
                                     "--norestore",
                                     "--nodefault",
                                     "--nolockcheck",
                                     "-env:UserInstallation=file://" + (directory / "profile").string()};
  if (!input_filter.empty()) arguments.push_back("--infilter=" + input_filter);
  arguments.insert(arguments.end(),
                   {"--convert-to",
                    fmt::format(R"(pdf:{}:{{"SelectPdfVersion":{{"type":"long","value":"2"}},)"
                                R"("PageRange":{{"type":"string","value":"1-{}"}}}})",
                                handling.filter, most_pages),
                    "--outdir", (directory / "out").string(),
                    (directory / (std::string(file_stem) + ".")).string() + handling.ending});
  return arguments;
}

std::vector<char*> pointers_to(std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  for (std::string& string : strings) pointers.push_back(string.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// How a process ended: its exit code, or 128 and the signal.
int end_of(pid_t process) noexcept {
  int status = 0;
  while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

void leave_nothing_open() noexcept {
  const int nowhere = open("/dev/null", O_RDWR);
  dup2(nowhere, STDIN_FILENO);
  dup2(nowhere, STDOUT_FILENO);
  dup2(nowhere, STDERR_FILENO);
  close_range(STDERR_FILENO + 1, ~0U, 0);
}

/// The program catches the signal of the soft limit and ends as if it had crashed; that of the hard limit it
/// cannot catch.
void let_the_cpu_limit_kill() noexcept {
  rlimit limit{};
  if (getrlimit(RLIMIT_CPU, &limit) != 0) return;
  limit.rlim_max = limit.rlim_cur;
  setrlimit(RLIMIT_CPU, &limit);
}

/// Runs the program to its end, which is returned. The first child is the first process of its namespace: it
/// takes all others with it, and since signals do not end it as they end others, it is not the program
/// itself.
int run(std::vector<std::string> arguments, const Isolation& isolation, const std::string& program) {
  const std::string home = isolation.directory.string();
  std::vector<std::string> environment{"HOME=" + home,   "TMPDIR=" + home,        "PATH=/usr/bin:/bin",
                                       "LC_ALL=C.UTF-8", "SAL_USE_VCLPLUGIN=svp", "SAL_DISABLE_OPENCL=1"};
  const std::vector<char*> argument_pointers = pointers_to(arguments);
  const std::vector<char*> environment_pointers = pointers_to(environment);
  const std::vector<std::string> readable = readable_places(program);
  const pid_t first = fork();
  if (first < 0) throw Error(fmt::format("cannot start the office program: {}", std::strerror(errno)));
  if (first > 0) return end_of(first);

  prctl(PR_SET_PDEATHSIG, SIGKILL);
  leave_nothing_open();
  restrict_files(readable, isolation);
  // With a fresh profile the program sets that up and asks to be started again.
  constexpr int start_me_again = 81;
  int end = start_me_again;
  for (int attempt = 0; attempt < 2 && end == start_me_again; ++attempt) {
    const pid_t second = fork();
    if (second == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      signal(SIGPIPE, SIG_DFL);
      signal(SIGINT, SIG_DFL);
      let_the_cpu_limit_kill();
      if (chdir(home.c_str()) == 0)
        execve(argument_pointers.front(), argument_pointers.data(), environment_pointers.data());
      _exit(127);
    }
    end = second > 0 ? end_of(second) : 127;
  }
  _exit(end);
}

void require_success(int end) {
  if (end == 128 + SIGKILL) throw WorkerFailed("worker_timeout", "the office program ran out of CPU time");
  // A file it cannot load is no failure to the program: it ends well and leaves no PDF.
  if (end != 0) throw WorkerFailed("worker_crashed", fmt::format("the office program ended with {}", end));
}

void deliver(const fs::path& pdf, int output) {
  std::error_code none;
  if (!fs::is_regular_file(fs::symlink_status(pdf, none)) || fs::file_size(pdf, none) == 0)
    throw Refused("damaged_file", "the office program made no PDF of the file");
  const Descriptor file(open(pdf.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  if (!file) throw Error(fmt::format("cannot open the PDF of the office program: {}", std::strerror(errno)));
  const SourceBytes source(file.get());
  write_all(output, {reinterpret_cast<const char*>(source.bytes().data()), source.bytes().size()});
}

}  // namespace

bool office_to_pdf(int input, Format format, const std::string& program, const ReadLimits& limits,
                   int output) {
  const auto* const handling = std::ranges::find(handlings, format, &Handling::format);
  if (handling == handlings.end()) throw Error("not an office format");
  if (program.empty() || access((program + "/soffice.bin").c_str(), X_OK) != 0 ||
      access((program + "/" + handling->part).c_str(), R_OK) != 0)
    return false;
  if (format >= Format::docx && format <= Format::odp) require_bounded(input, limits);

  const Isolation isolation = isolate();
  const fs::path& directory = isolation.directory;
  struct Removed {
    const fs::path& directory;
    ~Removed() {
      std::error_code none;
      fs::remove_all(directory, none);
    }
  } const removed{directory};
  fs::create_directories(directory / "profile" / "user");
  write_text(directory / "profile" / "user" / "registrymodifications.xcu", settings);
  const std::string input_filter =
      lay_out(input, *handling, directory / (std::string(file_stem) + "." + handling->ending));
  require_success(
      run(arguments_for(*handling, program, directory, input_filter, limits.pages + 1), isolation, program));
  deliver(directory / "out" / (std::string(file_stem) + ".pdf"), output);
  return true;
}

}  // namespace eakte::ingest
