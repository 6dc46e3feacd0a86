#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "ocr/text.h"

namespace eakte::archive {

/// The words rendition: JSON Lines, one page a line, media type application/x-ndjson:
/// {"number":1,"width":2480,"height":3508,"dpi":300,"confidence":0.93,
///  "words":[["text",left,top,width,height,confidence in percent,block,line],...]}
std::string words_to_jsonl(const std::vector<ocr::PageText>& pages);

/// The line of page `number` (from 1) alone.
std::string page_to_jsonl(const ocr::PageText& page, int number);

/// Reads it back. Throws Error naming the line.
std::vector<ocr::PageText> words_from_jsonl(std::string_view jsonl);

/// Only page `number` (from 1); the other lines are skipped unread. Throws NotFound, Error.
ocr::PageText page_words_from_jsonl(std::string_view jsonl, int number);

/// The text rendition: UTF-8, pages ended by a form feed.
std::string pages_to_text(const std::vector<ocr::PageText>& pages);

/// One page of it.
std::string page_to_text(const ocr::PageText& page);

}  // namespace eakte::archive
