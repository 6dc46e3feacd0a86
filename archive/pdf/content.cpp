#include "archive/pdf/content.h"

#include <cstdlib>
#include <memory>
#include <stdexcept>

namespace eakte::archive {
namespace {

using Token = QPDFTokenizer::Token;

/// Collects bytes up to a limit, so that no small stream unfolds into a memory full of them.
class LimitedString : public Pipeline {
public:
  explicit LimitedString(std::size_t limit) : Pipeline("limited string", nullptr), limit_(limit) {}
  void write(unsigned char const* data, std::size_t length) override {
    if (length > limit_ - bytes.size()) throw std::runtime_error("stream is longer than allowed");
    bytes.append(reinterpret_cast<const char*>(data), length);
  }
  void finish() override {}

  std::string bytes;

private:
  std::size_t limit_;
};

}  // namespace

double ContentOperation::number(std::size_t index) const {
  if (index >= operands.size()) return 0;
  const Token& token = operands[index];
  if (token.getType() != QPDFTokenizer::tt_integer && token.getType() != QPDFTokenizer::tt_real) return 0;
  // strtod reads '.' only in the C locale; the programs never set another one for numbers.
  return std::strtod(token.getValue().c_str(), nullptr);
}

std::string ContentOperation::resource(std::size_t index) const {
  if (index >= operands.size() || operands[index].getType() != QPDFTokenizer::tt_name) return {};
  return operands[index].getValue();
}

std::optional<std::string> decoded_bytes(QPDFObjectHandle stream, std::size_t limit,
                                         qpdf_stream_decode_level_e level) {
  LimitedString sink(limit);
  bool was_filtered = false;
  const bool success = stream.pipeStreamData(&sink, &was_filtered, 0, level, true, false);
  if (!success || !was_filtered) return std::nullopt;
  return std::move(sink.bytes);
}

std::optional<std::string> page_content(QPDFObjectHandle page) {
  QPDFObjectHandle contents = page.getKey("/Contents");
  if (contents.isStream()) return decoded_bytes(contents, longest_content);
  std::string joined;
  if (!contents.isArray()) return joined;
  for (int i = 0; i < contents.getArrayNItems(); ++i) {
    QPDFObjectHandle part = contents.getArrayItem(i);
    if (!part.isStream()) continue;
    const std::optional<std::string> bytes = decoded_bytes(part, longest_content - joined.size());
    if (!bytes) return std::nullopt;
    joined += *bytes;
    if (joined.size() < longest_content) joined += '\n';
  }
  return joined;
}

void read_content(const std::string& content, const std::function<bool(const ContentOperation&)>& handle) {
  // More operands than any operator or array that means well.
  constexpr std::size_t most_operands = 1U << 20U;
  const auto input = std::make_shared<BufferInputSource>("content", content);
  QPDFTokenizer tokenizer;
  tokenizer.allowEOF();
  std::vector<Token> operands;
  while (true) {
    const Token token = tokenizer.readToken(input, "content", true);
    if (token.getType() == QPDFTokenizer::tt_eof) return;
    if (token.getType() != QPDFTokenizer::tt_word) {
      operands.push_back(token);
      if (operands.size() > most_operands) return;
      continue;
    }
    if (token.getValue() == "BI") {
      operands.clear();
      continue;
    }
    if (token.getValue() == "ID") {
      // One white-space character belongs to the operator, not to the data.
      char blank = 0;
      input->read(&blank, 1);
      tokenizer.expectInlineImage(input);
      tokenizer.readToken(input, "content", true);
      continue;
    }
    const std::string name = token.getValue() == "EI" ? "BI" : token.getValue();
    if (!handle({name, operands})) return;
    operands.clear();
  }
}

}  // namespace eakte::archive
