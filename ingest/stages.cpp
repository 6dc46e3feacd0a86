#include "ingest/stages.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <exception>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "archive/json_number.h"
#include "ingest/worker/channel.h"
#include "ingest/worker/json_values.h"
#include "ingest/worker/pdfa_record.h"

namespace eakte::ingest {

using nlohmann::json;

class ReadPages {
public:
  Descriptor spool;  ///< all pages, one after the other
  std::vector<archive::PageRecord> records;
};

const std::vector<archive::PageRecord>& records_of(const ReadPages& pages) { return pages.records; }

namespace {

/// Reads a reply; one that does not have the agreed form is the worker's failure.
template <class Reader>
auto read_reply(const std::string& bytes, Reader reader) {
  try {
    return reader(json::parse(bytes));
  } catch (const json::exception& error) {
    throw WorkerFailed("worker_bad_reply", error.what());
  } catch (const WorkerFailed&) {
    throw;
  } catch (const Error& error) {
    throw WorkerFailed("worker_bad_reply", error.what());
  }
}

/// Copies the file behind `from` to the offset of `to`.
void append_file(int from, int to) {
  std::array<char, 1 << 16> bytes{};
  off_t at = 0;
  for (;;) {
    const ssize_t size = pread(from, bytes.data(), bytes.size(), at);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) throw Error(fmt::format("page spool: {}", std::strerror(errno)));
    if (size == 0) return;
    for (ssize_t done = 0; done < size;) {
      const ssize_t written = write(to, bytes.data() + done, static_cast<std::size_t>(size - done));
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) throw archive::StorageFailure(fmt::format("page spool: {}", std::strerror(errno)));
      done += written;
    }
    at += size;
  }
}

/// How many pages one child reads: enough for all processes to have work to the end, few enough that opening
/// the file anew for each range costs little.
int range_length(int pages, int processes) { return std::clamp(pages / (processes * 4), 1, 16); }

}  // namespace

Inspected inspect(const Workers& workers, int input, const std::string& name) {
  const json request{{"job", "inspect"}, {"name", name}, {"limits", to_json(workers.limits)}};
  const std::string reply =
      workers.pool.run({.request = request.dump(), .descriptors = {input}, .note = {}}, workers.stop);
  return read_reply(reply, [&](const json& value) {
    Inspected inspected;
    const int format = archive::whole_number<int>(value.at("format"));
    if (format < static_cast<int>(Format::tiff) || format > static_cast<int>(Format::csv)) {
      throw Error("unknown format");
    }
    inspected.format = static_cast<Format>(format);
    inspected.pages = archive::whole_number<int>(value.at("pages"));
    inspected.format_id = format_id_from(value.at("format_id"));
    if (inspected.pages < 0 || inspected.pages > workers.limits.pages)
      throw Error("impossible number of pages");
    return inspected;
  });
}

std::optional<Descriptor> office_to_pdf(const Workers& workers, int input, Format format) {
  const WorkerOptions& options = workers.pool.options();
  Descriptor pdf = temporary_file(workers.spool_directory);
  const json request{{"job", "office"},
                     {"format", static_cast<int>(format)},
                     {"program", options.office_program},
                     {"limits", to_json(workers.limits)}};
  constexpr int files_of_an_office_program = 1024;
  const std::string reply = workers.pool.run({.request = request.dump(),
                                              .descriptors = {input, pdf.get()},
                                              .seconds = options.office_seconds,
                                              .open_files = files_of_an_office_program,
                                              .note = {}},
                                             workers.stop);
  const bool found =
      read_reply(reply, [](const json& value) { return value.at("program_found").get<bool>(); });
  if (!found) return std::nullopt;
  return pdf;
}

std::shared_ptr<const ReadPages> read_pages(const Workers& workers, int input, const Inspected& inspected,
                                            const std::string& languages,
                                            const std::function<void(int)>& page_done,
                                            archive::PictureChoice pictures, PictureNeed need,
                                            int pages_before) {
  auto result = std::make_shared<ReadPages>();
  const int length = range_length(inspected.pages, workers.pool.processes());
  const int ranges = (inspected.pages + length - 1) / length;
  std::vector<Descriptor> spools;
  std::vector<std::vector<archive::PageRecord>> records(static_cast<std::size_t>(ranges));
  for (int i = 0; i < ranges; ++i) spools.push_back(temporary_file(workers.spool_directory));

  std::atomic<int> next = 0;
  std::mutex mutex;
  int done = 0;
  std::exception_ptr failure;
  std::stop_source give_up;
  const std::stop_callback stopped(workers.stop, [&] { give_up.request_stop(); });

  const auto read_range = [&](int range) {
    const json request{{"job", "read"},
                       {"format", static_cast<int>(inspected.format)},
                       {"languages", languages},
                       {"pages_before", pages_before},
                       {"pictures", static_cast<int>(pictures)},
                       {"every_picture", need == PictureNeed::every_page},
                       {"first", range * length + 1},
                       {"last", std::min((range + 1) * length, inspected.pages)},
                       {"limits", to_json(workers.limits)}};
    const auto index = static_cast<std::size_t>(range);
    const std::string reply = workers.pool.run({.request = request.dump(),
                                                .descriptors = {input, spools[index].get()},
                                                .pages = length,
                                                .notes_pages = true,
                                                .note =
                                                    [&](std::string_view) {
                                                      const std::scoped_lock lock(mutex);
                                                      page_done(done = std::min(done + 1, inspected.pages));
                                                    }},
                                               give_up.get_token());
    records[index] = read_reply(reply, [&](const json& value) {
      std::vector<archive::PageRecord> pages;
      for (const json& page : value.at("pages")) pages.push_back(page_record_from(page));
      const int first = pages_before + range * length + 1;
      const int expected = std::min(length, inspected.pages - range * length);
      if (std::ssize(pages) != expected || pages.front().number != first) throw Error("pages are missing");
      return pages;
    });
  };
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < std::min(ranges, workers.pool.processes()); ++i) {
      threads.emplace_back([&] {
        try {
          for (int range = 0; (range = next++) < ranges;) read_range(range);
        } catch (const std::exception&) {
          const std::scoped_lock lock(mutex);
          if (!failure) failure = std::current_exception();
          give_up.request_stop();
        }
      });
    }
  }
  if (failure) std::rethrow_exception(failure);
  for (auto& range : records) std::ranges::move(range, std::back_inserter(result->records));
  result->spool = std::move(spools.front());
  for (std::size_t i = 1; i < spools.size(); ++i) append_file(spools[i].get(), result->spool.get());
  return result;
}

Finished finish(const Workers& workers, int input, const Inspected& inspected,
                const std::vector<std::shared_ptr<const ReadPages>>& pages, const FinishRequest& request,
                const FinishOutputs& outputs) {
  Descriptor several;
  if (pages.size() > 1) {
    several = temporary_file(workers.spool_directory);
    for (const auto& part : pages) append_file(part->spool.get(), several.get());
  }
  const int spool = several ? several.get() : pages.front()->spool.get();
  const int page_count = request.pages.empty() ? inspected.pages : static_cast<int>(request.pages.size());

  json message{{"job", "finish"},
               {"format", static_cast<int>(inspected.format)},
               {"limits", to_json(workers.limits)},
               {"name", request.name},
               {"sha256", request.sha256},
               {"document_id", request.document_id},
               {"created_utc", request.created_utc},
               {"language", request.language},
               {"pages", request.pages},
               {"pictures", static_cast<int>(request.archive_file.pictures)},
               {"level", static_cast<int>(request.archive_file.level)},
               {"received_on", archive::to_iso(request.received_on)}};
  if (!request.verapdf.empty()) message["verapdf"] = request.verapdf;
  if (!request.file_plan_yaml.empty()) message["file_plan"] = request.file_plan_yaml;
  const Descriptor scratch = temporary_file(workers.spool_directory);
  std::vector<int> descriptors{input, spool, outputs.pdfa, outputs.words, outputs.text, scratch.get()};
  message["input_is_original"] = !request.original || request.original->descriptor == input;
  if (request.original) {
    message["original"] = {{"name", request.original->name},
                           {"media_type", request.original->media_type},
                           {"sha256", request.original->sha256}};
    descriptors.push_back(request.original->descriptor);
  }
  Descriptor model;
  if (!request.model_file.empty()) {
    model = Descriptor(open(request.model_file.c_str(), O_RDONLY | O_CLOEXEC));
    if (model) descriptors.push_back(model.get());
  }
  // Even where each page has to be drawn, that takes far less than reading it.
  constexpr int pages_finished_in_the_time_of_one = 4;
  const std::string reply = workers.pool.run({.request = message.dump(),
                                              .descriptors = descriptors,
                                              .pages = 1 + page_count / pages_finished_in_the_time_of_one,
                                              .note = {}},
                                             workers.stop);
  return read_reply(reply, [&](const json& value) {
    Finished finished;
    for (const json& page : value.at("pages")) finished.pages.push_back(page_record_from(page));
    if (std::ssize(finished.pages) != page_count) throw Error("pages are missing");
    finished.classification = classification_from(value.at("classification"));
    finished.rendering = value.at("rendering").get<std::string>();
    finished.why_not = value.at("why_not").get<std::string>();
    finished.pdfa = checked_pdfa_record(value.at("pdfa").get<std::string>());
    finished.format_id = format_id_from(value.at("format_id"));
    finished.signatures = value.at("signatures").get<std::string>();
    return finished;
  });
}

std::vector<UnpackedMember> unpack_members(const Workers& workers, int input,
                                           const archive::ObjectStore& objects) {
  const Descriptor spool = temporary_file(workers.spool_directory);
  const json request{{"job", "unpack"}, {"limits", to_json(workers.limits)}};
  // Unpacking is bound by bytes, not pages; ten pages' worth of time is enough for the largest archive taken.
  const std::string reply = workers.pool.run(
      {.request = request.dump(), .descriptors = {input, spool.get()}, .pages = 10, .note = {}},
      workers.stop);
  return read_reply(reply, [&](const json& value) {
    std::vector<UnpackedMember> members;
    std::vector<std::byte> bytes(1 << 16);
    if (std::ssize(value.at("members")) > workers.limits.archive_members) throw Error("too many members");
    for (const json& member : value.at("members")) {
      auto at = member.at("begin").get<off_t>();
      const auto end = member.at("end").get<off_t>();
      archive::StagedObject staged = objects.stage();
      while (at < end) {
        const auto wanted = std::min<std::size_t>(bytes.size(), static_cast<std::size_t>(end - at));
        const ssize_t size = pread(spool.get(), bytes.data(), wanted, at);
        if (size <= 0) throw Error("a member lies outside the unpacked bytes");
        staged.append({bytes.data(), static_cast<std::size_t>(size)});
        at += size;
      }
      members.push_back({.name = member.at("name").get<std::string>(), .object = staged.commit()});
    }
    return members;
  });
}

}  // namespace eakte::ingest
