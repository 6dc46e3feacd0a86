#include "ingest/separators.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "archive/json_number.h"
#include "archive/shallow_json.h"
#include "ingest/error.h"

namespace eakte::ingest {
namespace {

using nlohmann::json;

/// Without blanks, in capitals: what people type on labels differs in just these.
std::string folded(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == ' ') continue;
    result += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return result;
}

bool is_one_of(const std::string& text, const std::vector<std::string>& texts) {
  return std::ranges::any_of(texts, [&](const std::string& other) { return folded(other) == folded(text); });
}

bool is_patch_of(const ocr::Code& code, const std::string& patches) {
  return code.symbology == ocr::Symbology::patch && patches.find(code.text) != std::string::npos;
}

/// What the codes of a page say about the batch.
struct PageSigns {
  bool sheet = false;
  bool first_page = false;
  std::string number;
};

PageSigns signs_of(const archive::PageRecord& page, const SeparatorRules& rules) {
  PageSigns signs;
  for (const ocr::Code& code : codes_from_json(page.codes)) {
    const bool is_patch = code.symbology == ocr::Symbology::patch;
    signs.sheet |=
        is_patch ? is_patch_of(code, rules.sheet_patches) : is_one_of(code.text, rules.sheet_texts);
    signs.first_page |=
        is_patch ? is_patch_of(code, rules.first_page_patches) : is_one_of(code.text, rules.first_page_texts);
    if (!is_patch && signs.number.empty()) signs.number = document_number(code.text, rules);
  }
  return signs;
}

const char* german_name(ocr::Symbology symbology) {
  switch (symbology) {
    case ocr::Symbology::qr:
      return "QR-Code";
    case ocr::Symbology::data_matrix:
      return "DataMatrix-Code";
    case ocr::Symbology::aztec:
      return "Aztec-Code";
    case ocr::Symbology::pdf417:
      return "PDF417-Code";
    case ocr::Symbology::patch:
      return "Patchcode";
    default:
      return "Strichcode";
  }
}

}  // namespace

std::string_view name_of(BatchRole role) {
  switch (role) {
    case BatchRole::page:
      return "page";
    case BatchRole::separator:
      return "separator";
    case BatchRole::back:
      return "back";
  }
  return "";
}

std::string document_number(const std::string& text, const SeparatorRules& rules) {
  constexpr std::size_t most_digits = 15;
  const std::string prefix = folded(rules.number_prefix);
  const std::string whole = folded(text);
  if (prefix.empty() || !whole.starts_with(prefix)) return {};
  std::string digits = whole.substr(prefix.size());
  const bool is_number = !digits.empty() && digits.size() <= most_digits &&
                         digits.find_first_not_of("0123456789") == std::string::npos;
  return is_number ? digits : std::string();
}

BatchPlan plan_batch(const std::vector<archive::PageRecord>& pages, const SeparatorRules& rules) {
  BatchPlan plan;
  plan.roles.assign(pages.size(), BatchRole::page);
  if (!rules.split) return plan;
  bool open = false;  // the next page goes on with the last part
  std::string number;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const PageSigns signs = signs_of(pages[i], rules);
    if (signs.sheet) {
      plan.roles[i] = BatchRole::separator;
      open = false;
      continue;
    }
    if (pages[i].blank && i > 0 && plan.roles[i - 1] == BatchRole::separator) {
      plan.roles[i] = BatchRole::back;
      continue;
    }
    // A label with the same number on a later page does not begin another document.
    const bool another_number = !signs.number.empty() && signs.number != number;
    if (!open || signs.first_page || another_number) {
      plan.parts.emplace_back();
      number.clear();
    }
    open = true;
    if (!signs.number.empty()) number = signs.number;
    plan.parts.back().push_back(static_cast<int>(i) + 1);
  }
  const bool all_in_one = plan.parts.size() == 1 && plan.parts.front().size() == pages.size();
  if (all_in_one) plan.parts.clear();
  return plan;
}

std::string codes_to_json(const std::vector<ocr::Code>& codes) {
  json array = json::array();
  for (const ocr::Code& code : codes) {
    array.push_back({{"symbology", ocr::name_of(code.symbology)},
                     {"text", code.text},
                     {"box", {code.box.left, code.box.top, code.box.width, code.box.height}}});
  }
  return array.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::vector<ocr::Code> codes_from_json(const std::string& text) {
  try {
    std::vector<ocr::Code> codes;
    for (const json& value : archive::shallow_json<json>(text)) {
      const auto symbology = ocr::symbology_from(value.at("symbology").get<std::string>());
      const json& box = value.at("box");
      if (!symbology || box.size() != 4) throw Error("codes of a page: not a code");
      const auto side = [&](std::size_t i) { return archive::whole_number<int>(box.at(i)); };
      codes.push_back(
          {*symbology, value.at("text").get<std::string>(), {side(0), side(1), side(2), side(3)}});
    }
    return codes;
  } catch (const json::exception& error) {
    throw Error(std::string("codes of a page: ") + error.what());
  }
}

std::vector<archive::Proposal> proposals_of_codes(const std::vector<archive::PageRecord>& pages,
                                                  const SeparatorRules& rules) {
  constexpr std::size_t most = 20;
  constexpr std::size_t longest = 200;  // a payment code is longer and nothing anybody searches for
  std::vector<archive::Proposal> proposals;
  std::set<std::string> told;
  for (const archive::PageRecord& page : pages) {
    for (const ocr::Code& code : codes_from_json(page.codes)) {
      const bool is_label = code.symbology != ocr::Symbology::patch &&
                            !is_one_of(code.text, rules.sheet_texts) &&
                            !is_one_of(code.text, rules.first_page_texts);
      if (!is_label || code.text.size() > longest || proposals.size() >= most ||
          !told.insert(code.text).second)
        continue;
      const std::string reason = fmt::format("{} auf Seite {}", german_name(code.symbology), page.number);
      const bool is_number = !document_number(code.text, rules).empty();
      proposals.push_back({is_number ? "archive_number" : "code", code.text, 0.99, reason});
    }
  }
  return proposals;
}

}  // namespace eakte::ingest
