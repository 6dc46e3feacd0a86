#pragma once
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string_view>
#include <vector>

#include "archive/pdfa.h"
#include "ingest/page_reader.h"
#include "ingest/worker/jobs.h"

namespace eakte::ingest {

/// read: pages first..last through reading, cleaning and recognising into the spool; notes the number of each
/// page done and replies with their records. Descriptors: input, spool.
nlohmann::json read_pages_job(const nlohmann::json& request, const std::vector<int>& descriptors,
                              Recognizers& recognizers, const std::function<void(std::string_view)>& note);

/// The picture of a page that has none of its own, for the archive file.
archive::PagePicture rendered_picture(PageReader& reader, int number, const ocr::PageText& text,
                                      archive::PictureChoice pictures);

}  // namespace eakte::ingest
