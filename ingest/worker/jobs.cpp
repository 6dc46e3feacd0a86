#include "ingest/worker/jobs.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <opencv2/imgproc.hpp>

#include "ingest/error.h"
#include "ingest/intake_queue.h"
#include "ingest/page_reader.h"
#include "ingest/worker/channel.h"
#include "ingest/worker/file_plan_job.h"
#include "ingest/worker/finish_job.h"
#include "ingest/worker/json_values.h"
#include "ingest/worker/message_job.h"
#include "ingest/worker/office_job.h"
#include "ingest/worker/package_job.h"
#include "ingest/worker/read_job.h"
#include "ocr/languages.h"

namespace eakte::ingest {
namespace {

using nlohmann::json;

/// inspect: what is it, how many pages (0: not known without unpacking or an office program). Descriptors:
/// input.
json inspect(const json& request, const std::vector<int>& descriptors,
             const archive::FormatSignatures& signatures) {
  const int input = descriptors.at(0);
  const auto name = request.at("name").get<std::string>();
  const Format format = detect_format(input, name);
  if (format == Format::empty) throw Refused("empty_file", "no bytes");
  if (format == Format::unknown) throw Refused("unknown_type", "no format that is taken");
  const int pages = format == Format::archive || is_office(format)
                        ? 0
                        : open_pages(input, format, limits_from(request.at("limits")))->page_count();
  return {{"format", static_cast<int>(format)},
          {"pages", pages},
          {"format_id", to_json(signatures.identify(input, name))}};
}

/// office: the PDF an office program makes of the file. Descriptors: input, output.
json office(const json& request, const std::vector<int>& descriptors) {
  const bool found = office_to_pdf(descriptors.at(0), static_cast<Format>(request.at("format").get<int>()),
                                   request.at("program").get<std::string>(),
                                   limits_from(request.at("limits")), descriptors.at(1));
  return {{"program_found", found}};
}

/// unpack: all members one after the other into one file. Descriptors: input, output.
json unpack_members(const json& request, const std::vector<int>& descriptors) {
  const int output = descriptors.at(1);
  json members = json::array();
  const auto position = [&] { return static_cast<std::int64_t>(lseek(output, 0, SEEK_CUR)); };
  const auto end_last = [&] {
    if (!members.empty()) members.back()["end"] = position();
  };
  unpack(descriptors.at(0), limits_from(request.at("limits")), [&](const Member& member) {
    end_last();
    members.push_back({{"name", displayable(member.name)}, {"begin", position()}});
    return output;
  });
  end_last();
  if (members.empty()) throw Refused("archive_empty", "no regular file in the archive");
  return {{"members", members}};
}

/// picture: a page for the screen; the reply is the JPEG. Descriptors: input.
std::string page_picture(const json& request, const std::vector<int>& descriptors) {
  const int width = std::clamp(request.at("width").get<int>(), 50, 4000);
  const int input = descriptors.at(0);
  const auto reader = open_pages(input, detect_format(input), {});
  constexpr double usual_width_inches = 210 / 25.4;
  const int dpi = std::clamp(static_cast<int>(width / usual_width_inches), 20, 400);
  ocr::PageImage image = reader->render(request.at("page").get<int>(), dpi);
  if (image.pixels.cols > width) {
    const int height =
        std::max(1, static_cast<int>(std::int64_t{image.pixels.rows} * width / image.pixels.cols));
    cv::Mat smaller;
    cv::resize(image.pixels, smaller, {width, height}, 0, 0, cv::INTER_AREA);
    image.pixels = smaller;
  }
  constexpr int jpeg_quality = 80;
  return encode_jpeg(image, jpeg_quality);
}

}  // namespace

Recognizers::Recognizers(const std::string& languages, bool few_pages, std::string best_models)
    : few_pages_(few_pages), best_models_(std::move(best_models)) {
  get(languages == ocr::automatic_languages ? std::string(ocr::usual_languages) : languages);
}

ocr::Recognizer* Recognizers::find(const std::string& languages) {
  if (const auto warm = loaded_.find(languages); warm != loaded_.end()) return warm->second.get();
  if (installed_.empty()) installed_ = ocr::installed_languages();
  for (std::size_t begin = 0; begin <= languages.size();) {
    const std::size_t end = std::min(languages.find('+', begin), languages.size());
    if (!std::ranges::binary_search(installed_, languages.substr(begin, end - begin))) return nullptr;
    begin = end + 1;
  }
  return &get(languages);
}

ocr::Recognizer& Recognizers::get(const std::string& languages) {
  auto& recognizer = loaded_[languages];
  if (!recognizer)
    recognizer =
        std::make_unique<ocr::Recognizer>(ocr::RecognizerOptions{.languages = languages,
                                                                 .tessdata = {},
                                                                 .load_orientation_at_once = !few_pages_,
                                                                 .best_tessdata = best_models_});
  return *recognizer;
}

void Recognizers::reset() {
  for (const auto& [languages, recognizer] : loaded_) recognizer->reset();
}

std::string run_job(std::string_view request, const std::vector<int>& descriptors, Recognizers& recognizers,
                    const archive::FormatSignatures& signatures,
                    const std::function<void(std::string_view)>& note) {
  const json message = json::parse(request);
  const auto job = message.at("job").get<std::string>();
  if (job == "inspect") return inspect(message, descriptors, signatures).dump();
  if (job == "read") return read_pages_job(message, descriptors, recognizers, note).dump();
  if (job == "finish") return finish_job(message, descriptors, signatures).dump();
  if (job == "unpack") return unpack_members(message, descriptors).dump();
  if (job == "office") return office(message, descriptors).dump();
  if (job == "picture") return page_picture(message, descriptors);
  if (job == "message") return read_message_job(message, descriptors);
  if (job == "package") return read_package_job(descriptors);
  if (job == "file_plan") return read_file_plan_job(message, descriptors);
  throw Error("unknown job " + job);
}

}  // namespace eakte::ingest
