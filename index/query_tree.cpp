#include "index/query_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "index/german_text.h"
#include "index/search/day_range.h"

namespace eakte::index {
namespace {

constexpr std::size_t longest_query = 2000;
constexpr std::size_t most_items = 64;
constexpr int deepest = 16;
constexpr std::size_t shortest_prefix = 2;

struct Lexeme {
  enum class Kind { word, quoted, open, close, minus, end };
  Kind kind = Kind::end;
  std::string_view text;
  std::size_t begin = 0;
};

struct Quote {
  std::string_view open;
  std::string_view close;  // any of its characters ends the quotation
};

// „...“ “...” »...« and the plain one.
constexpr std::array<Quote, 4> quotes{
    {{"\"", "\""}, {"\u201E", "\u201C"}, {"\u201C", "\u201D"}, {"\u00BB", "\u00AB"}}};

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v' || c == '\0';
}

struct FieldName {
  std::string_view name;
  Field field;
};

constexpr std::array<FieldName, 14> field_names{{{"typ", Field::type},
                                                 {"type", Field::type},
                                                 {"az", Field::reference},
                                                 {"aktenzeichen", Field::reference},
                                                 {"von", Field::sender},
                                                 {"absender", Field::sender},
                                                 {"betreff", Field::title},
                                                 {"titel", Field::title},
                                                 {"akte", Field::folder},
                                                 {"vorgang", Field::folder},
                                                 {"plan", Field::plan},
                                                 {"aktenplan", Field::plan},
                                                 {"datum", Field::date},
                                                 {"date", Field::date}}};

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::optional<Field> field_from(std::string_view name) {
  const std::string lower = lower_ascii(name);
  const auto* const found = std::ranges::find(field_names, lower, &FieldName::name);
  if (found == field_names.end()) return {};
  return found->field;
}

class Parser {
public:
  explicit Parser(std::string_view text) : text_(text) { advance(); }

  QueryNode parse() {
    QueryNode root = parse_alternatives(Field::any, 0);
    if (next_.kind == Lexeme::Kind::close)
      throw BadQuery("Zu einer schließenden Klammer fehlt die öffnende.");
    return root;
  }

private:
  std::optional<Lexeme> quotation_here() {
    for (const Quote& quote : quotes) {
      if (!text_.substr(at_).starts_with(quote.open)) continue;
      const std::size_t begin = at_ + quote.open.size();
      std::size_t end = text_.find(quote.close, begin);
      const std::size_t plain = text_.find('"', begin);
      if (end == std::string_view::npos) end = plain;
      const std::size_t skipped = end == plain ? 1 : quote.close.size();
      at_ = end == std::string_view::npos ? text_.size() : end + skipped;
      return Lexeme{Lexeme::Kind::quoted,
                    text_.substr(begin, end == std::string_view::npos ? end : end - begin), begin};
    }
    return {};
  }

  bool quotation_starts_at(std::size_t at) const {
    return std::ranges::any_of(quotes,
                               [&](const Quote& quote) { return text_.substr(at).starts_with(quote.open); });
  }

  void advance() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    if (at_ == text_.size()) {
      next_ = {Lexeme::Kind::end, {}, at_};
      return;
    }
    const std::size_t begin = at_;
    if (text_[at_] == '(' || text_[at_] == ')') {
      next_ = {text_[at_] == '(' ? Lexeme::Kind::open : Lexeme::Kind::close, text_.substr(at_++, 1), begin};
      return;
    }
    if (text_[at_] == '-' && at_ + 1 < text_.size() && !is_blank(text_[at_ + 1])) {
      next_ = {Lexeme::Kind::minus, text_.substr(at_++, 1), begin};
      return;
    }
    if (auto quotation = quotation_here()) {
      next_ = *quotation;
      return;
    }
    while (at_ < text_.size() && !is_blank(text_[at_]) && text_[at_] != '(' && text_[at_] != ')' &&
           !quotation_starts_at(at_)) {
      ++at_;
      // A field's value may be quoted, bracketed or, by mistake, apart.
      if (text_[at_ - 1] == ':' && field_from(text_.substr(begin, at_ - 1 - begin))) break;
    }
    next_ = {Lexeme::Kind::word, text_.substr(begin, at_ - begin), begin};
  }

  bool next_is(std::string_view german, std::string_view english) const {
    return next_.kind == Lexeme::Kind::word && (next_.text == german || next_.text == english);
  }

  QueryNode parse_alternatives(Field field, int depth) {
    if (depth > deepest) throw BadQuery("Die Suche ist zu tief geklammert.");
    QueryNode node;
    node.kind = QueryNode::Kind::any_of;
    node.children.push_back(parse_conjunction(field, depth));
    while (next_is("ODER", "OR")) {
      advance();
      node.children.push_back(parse_conjunction(field, depth));
    }
    std::erase_if(node.children,
                  [](const QueryNode& child) { return child.kind == QueryNode::Kind::everything; });
    if (node.children.empty()) return {};
    if (node.children.size() == 1) return QueryNode(std::move(node.children.front()));
    return node;
  }

  QueryNode parse_conjunction(Field field, int depth) {
    QueryNode node;
    node.kind = QueryNode::Kind::all_of;
    while (next_.kind != Lexeme::Kind::end && next_.kind != Lexeme::Kind::close && !next_is("ODER", "OR")) {
      QueryNode child = parse_item(field, depth);
      if (child.kind != QueryNode::Kind::everything) node.children.push_back(std::move(child));
    }
    if (node.children.empty()) return {};
    join_groups(node.children);
    if (node.children.size() == 1) return QueryNode(std::move(node.children.front()));
    return node;
  }

  // An IBAN typed in groups is one thing, not six words: neighbours that make up a number become one phrase.
  static void join_groups(std::vector<QueryNode>& items) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      std::string together;
      for (std::size_t j = i; j < items.size() && j < i + 10; ++j) {
        if (items[j].kind != QueryNode::Kind::word || items[j].field != items[i].field) break;
        together += (j == i ? "" : " ") + items[j].text;
        if (j == i) continue;
        const TokenizedText tokenized = tokenize(together);
        const bool whole = std::ranges::any_of(tokenized.runs, [&](const TokenRun& run) {
          return run.kind == TokenRun::Kind::number && run.first == 0 && run.count == tokenized.tokens.size();
        });
        if (!whole) continue;
        items[i].text = together;
        items[i].end = items[j].end;
        items.erase(items.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                    items.begin() + static_cast<std::ptrdiff_t>(j) + 1);
        break;
      }
    }
  }

  QueryNode parse_item(Field field, int depth) {
    if (next_is("UND", "AND")) {
      advance();
      return {};
    }
    if (next_.kind == Lexeme::Kind::minus || next_is("NICHT", "NOT")) {
      if (depth > deepest) throw BadQuery("Die Suche ist zu tief verschachtelt.");
      advance();
      if (next_.kind == Lexeme::Kind::end || next_.kind == Lexeme::Kind::close || next_is("ODER", "OR"))
        return {};
      QueryNode node;
      node.kind = QueryNode::Kind::none_of;
      node.children.push_back(parse_item(field, depth + 1));
      if (node.children.front().kind == QueryNode::Kind::everything) return {};
      return node;
    }
    if (++items_ > most_items)
      throw BadQuery(fmt::format("Die Suche hat zu viele Wörter (höchstens {}).", most_items));
    if (next_.kind == Lexeme::Kind::open) return parse_bracket(field, depth);
    const Lexeme here = next_;
    if (here.kind == Lexeme::Kind::word && here.text.ends_with(':')) {
      if (const auto named = field_from(here.text.substr(0, here.text.size() - 1))) {
        advance();
        return parse_value(here.text, *named, depth);
      }
    }
    advance();
    return leaf(here, field);
  }

  QueryNode parse_bracket(Field field, int depth) {
    advance();
    QueryNode inner = parse_alternatives(field, depth + 1);
    if (next_.kind != Lexeme::Kind::close) throw BadQuery("Es fehlt eine schließende Klammer.");
    advance();
    return inner;
  }

  QueryNode parse_value(std::string_view name, Field field, int depth) {
    if (next_.kind == Lexeme::Kind::open && field != Field::date) return parse_bracket(field, depth);
    if (next_.kind != Lexeme::Kind::word && next_.kind != Lexeme::Kind::quoted) {
      throw BadQuery(fmt::format("Hinter »{}« fehlt, wonach gesucht werden soll.", name));
    }
    const Lexeme value = next_;
    advance();
    return leaf(value, field);
  }

  static QueryNode leaf(const Lexeme& lexeme, Field field) {
    QueryNode node{QueryNode::Kind::word,
                   field,
                   std::string(lexeme.text),
                   {},
                   {},
                   lexeme.begin,
                   lexeme.begin + lexeme.text.size(),
                   {}};
    if (field == Field::date) {
      const DayRange range = day_range_from(lexeme.text);
      node.kind = QueryNode::Kind::days;
      node.from = range.from;
      node.to = range.to;
      return node;
    }
    const bool star = lexeme.kind == Lexeme::Kind::word && lexeme.text.ends_with('*');
    const TokenizedText tokenized = tokenize(lexeme.text);
    if (tokenized.tokens.empty()) {
      if (star && lexeme.text != "*") throw BadQuery("Vor dem Stern fehlt der Wortanfang.");
      return {};
    }
    if (lexeme.kind == Lexeme::Kind::quoted) node.kind = QueryNode::Kind::phrase;
    if (star) {
      if (tokenized.tokens.back().exact.size() < shortest_prefix && tokenized.tokens.size() == 1) {
        throw BadQuery("Vor dem Stern müssen mindestens zwei Zeichen stehen.");
      }
      node.kind = QueryNode::Kind::prefix;
      node.text.pop_back();
    }
    return node;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Lexeme next_;
  std::size_t items_ = 0;
};

}  // namespace

QueryNode parse_query(std::string_view text) {
  if (text.size() > longest_query) {
    throw BadQuery(fmt::format("Die Suche ist zu lang (höchstens {} Zeichen).", longest_query));
  }
  return Parser(text).parse();
}

}  // namespace eakte::index
