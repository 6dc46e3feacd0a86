#include "ingest/worker/page_spool.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "archive/page_words.h"
#include "ingest/error.h"
#include "ingest/worker/channel.h"
#include "ingest/worker/json_values.h"

namespace eakte::ingest {
namespace {

using nlohmann::json;

struct Head {
  std::array<char, 4> magic{'E', 'K', 'P', 'G'};
  std::uint32_t header = 0;
  std::uint32_t words = 0;
  std::uint32_t unused = 0;
  std::uint64_t picture = 0;
};
constexpr std::uint32_t max_header = 1U << 20;
constexpr std::uint32_t max_words = 1U << 28;
constexpr std::uint64_t max_picture = std::uint64_t{1} << 31;

/// Reads exactly so many bytes; false at the very end of the file.
bool read_all(int descriptor, off_t& at, char* bytes, std::size_t size) {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got = pread(descriptor, bytes + done, size - done, at);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw Error(fmt::format("page spool: {}", std::strerror(errno)));
    if (got == 0 && done == 0) return false;
    if (got == 0) throw Error("page spool: it ends within a page");
    done += static_cast<std::size_t>(got);
    at += got;
  }
  return true;
}

std::string read_string(int descriptor, off_t& at, std::size_t size) {
  std::string bytes(size, '\0');
  if (size > 0 && !read_all(descriptor, at, bytes.data(), size))
    throw Error("page spool: it ends within a page");
  return bytes;
}

/// The bytes of a picture and its layers, one after the other, which together are `all` bytes.
void read_picture(int descriptor, off_t& at, std::uint64_t all, const std::vector<std::uint64_t>& lengths,
                  archive::PagePicture& picture) {
  if (lengths.size() != picture.layers.size() + 1) throw Error("page spool: lengths are missing");
  std::uint64_t rest = all;
  for (const std::uint64_t length : lengths) {
    if (length > rest) throw Error("page spool: lengths do not add up");
    rest -= length;
  }
  if (rest != 0) throw Error("page spool: lengths do not add up");
  picture.bytes = read_string(descriptor, at, lengths.front());
  for (std::size_t i = 0; i < picture.layers.size(); ++i) {
    picture.layers[i].bytes = read_string(descriptor, at, lengths[i + 1]);
  }
}

}  // namespace

void append_page(int descriptor, const SpooledPage& page) {
  std::vector<std::uint64_t> lengths{page.picture.bytes.size()};
  for (const archive::PictureLayer& layer : page.picture.layers) lengths.push_back(layer.bytes.size());
  const std::string header =
      json{{"record", to_json(page.record)}, {"picture", to_json(page.picture)}, {"lengths", lengths}}.dump();
  const std::string words = archive::words_to_jsonl({page.text});
  Head head;
  head.header = static_cast<std::uint32_t>(header.size());
  head.words = static_cast<std::uint32_t>(words.size());
  for (const std::uint64_t length : lengths) head.picture += length;
  write_all(descriptor, {reinterpret_cast<const char*>(&head), sizeof head});
  write_all(descriptor, header);
  write_all(descriptor, words);
  write_all(descriptor, page.picture.bytes);
  for (const archive::PictureLayer& layer : page.picture.layers) write_all(descriptor, layer.bytes);
}

void for_each_page(int descriptor, const std::function<void(SpooledPage)>& visit,
                   const std::vector<int>& wanted) {
  off_t at = 0;
  Head head;
  int position = 0;
  while (read_all(descriptor, at, reinterpret_cast<char*>(&head), sizeof head)) {
    if (head.magic != Head{}.magic || head.header > max_header || head.words > max_words ||
        head.picture > max_picture) {
      throw Error("page spool: not a page");
    }
    ++position;
    if (!wanted.empty() && !std::ranges::binary_search(wanted, position)) {
      at += static_cast<off_t>(head.header + std::uint64_t{head.words} + head.picture);
      continue;
    }
    SpooledPage page;
    std::vector<std::uint64_t> lengths;
    try {
      const json header = json::parse(read_string(descriptor, at, head.header));
      page.record = page_record_from(header.at("record"));
      page.picture = page_picture_from(header.at("picture"));
      lengths = header.at("lengths").get<std::vector<std::uint64_t>>();
    } catch (const json::exception& error) {
      throw Error(std::string("page spool: ") + error.what());
    }
    page.text = archive::page_words_from_jsonl(read_string(descriptor, at, head.words), 1);
    read_picture(descriptor, at, head.picture, lengths, page.picture);
    visit(std::move(page));
  }
}

}  // namespace eakte::ingest
