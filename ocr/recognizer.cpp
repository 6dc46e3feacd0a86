#include "ocr/recognizer.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <leptonica/allheaders.h>
#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>
#include <unicode/normalizer2.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <opencv2/imgproc.hpp>
#include <ranges>

#include "ocr/error.h"
#include "ocr/inner_loops.h"

namespace {

/// True on a thread while it is inside Tesseract's recognition.
thread_local bool recognizing = false;

/// True on a thread while it loads models, and while these are for the neural recogniser alone.
thread_local bool loading = false;
thread_local bool loading_neural = false;

struct Loading {
  explicit Loading(tesseract::OcrEngineMode mode) {
    loading = true;
    loading_neural = mode == tesseract::OEM_LSTM_ONLY;
  }
  ~Loading() { loading = loading_neural = false; }
  Loading(const Loading&) = delete;
  Loading& operator=(const Loading&) = delete;
};

struct Recognizing {
  Recognizing() { recognizing = true; }
  ~Recognizing() { recognizing = false; }
  Recognizing(const Recognizing&) = delete;
  Recognizing& operator=(const Recognizing&) = delete;
};

}  // namespace

/// Stands in front of Leptonica's function of this name (symbol interposition; Tesseract and Leptonica are
/// linked dynamically). Tesseract keeps each line picture as a PNG in memory and decodes it again at once:
/// a sixth of the recognition time for nothing. During recognition the picture is stored in Leptonica's raw
/// form instead, which pixReadMem knows by its first bytes. All other calls reach Leptonica.
extern "C" l_ok pixWriteMem(l_uint8** bytes, size_t* size, PIX* pix, l_int32 format) {
  if (recognizing && format == IFF_PNG) {
    l_uint32* words = nullptr;
    if (pixSerializeToMemory(pix, &words, size) != 0) return 1;
    *bytes = reinterpret_cast<l_uint8*>(words);
    return 0;
  }
  using Function = l_ok (*)(l_uint8**, size_t*, PIX*, l_int32);
  static const auto leptonica = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "pixWriteMem"));
  return leptonica == nullptr ? 1 : leptonica(bytes, size, pix, format);
}

/// Stands in front of Leptonica's function in the same way. For each model Tesseract makes a font for
/// captions on debug pictures, which it never makes here: a tenth of the time until a worker is ready.
extern "C" L_BMF* bmfCreate(const char* directory, l_int32 size) {
  if (loading) return nullptr;
  using Function = L_BMF* (*)(const char*, l_int32);
  static const auto leptonica = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "bmfCreate"));
  return leptonica == nullptr ? nullptr : leptonica(directory, size);
}

namespace tesseract {

class UnicharAmbigs {
public:
  void LoadUniversal(const UNICHARSET& encoder, UNICHARSET* characters);
};

/// Stands in front of Tesseract's function in the same way. It fills a table of letters that the old
/// recogniser confuses, in a tenth of a second a language; the neural one never looks into it. All other
/// loading reaches Tesseract.
void UnicharAmbigs::LoadUniversal(const UNICHARSET& encoder, UNICHARSET* characters) {
  if (loading_neural) return;
  using Function = void (*)(UnicharAmbigs*, const UNICHARSET&, UNICHARSET*);
  static const auto original = reinterpret_cast<Function>(
      dlsym(RTLD_NEXT, "_ZN9tesseract13UnicharAmbigs13LoadUniversalERKNS_10UNICHARSETEPS1_"));
  if (original != nullptr) original(this, encoder, characters);
}

}  // namespace tesseract

namespace eakte::ocr {
namespace {

struct DestroyPix {
  void operator()(PIX* pix) const { pixDestroy(&pix); }
};
using PixHandle = std::unique_ptr<PIX, DestroyPix>;

/// `grey` (CV_8UC1) as Leptonica wants it: rows of 32-bit words, the leftmost pixel in the highest byte.
PixHandle to_pix(const cv::Mat& grey, int dpi) {
  PixHandle pix(pixCreateNoInit(grey.cols, grey.rows, 8));
  if (!pix) throw Error(fmt::format("no memory for a page of {} x {} pixels", grey.cols, grey.rows));
  const auto words_a_row = static_cast<size_t>(pixGetWpl(pix.get()));
  for (int y = 0; y < grey.rows; ++y) {
    l_uint32* row = pixGetData(pix.get()) + words_a_row * static_cast<size_t>(y);
    row[words_a_row - 1] = 0;
    std::memcpy(row, grey.ptr(y), static_cast<size_t>(grey.cols));
  }
  pixEndianByteSwap(pix.get());
  pixSetResolution(pix.get(), dpi, dpi);
  return pix;
}

cv::Mat as_grey(const PageImage& image) {
  if (image.pixels.empty()) throw Error("a page image has no pixels");
  if (image.pixels.type() == CV_8UC1) return image.pixels;
  if (image.pixels.type() != CV_8UC3) throw Error("a page image is neither grey nor BGR");
  cv::Mat grey;
  cv::cvtColor(image.pixels, grey, cv::COLOR_BGR2GRAY);
  return grey;
}

/// The word in NFC, without white space and control characters.
std::string clean_word(const char* utf8) {
  const icu::UnicodeString raw = icu::UnicodeString::fromUTF8(utf8);
  icu::UnicodeString kept;
  for (int32_t i = 0; i < raw.length(); i = raw.moveIndex32(i, 1)) {
    const UChar32 c = raw.char32At(i);
    if (!u_isUWhiteSpace(c) && !u_iscntrl(c)) kept.append(c);
  }
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status) != 0) throw Error(fmt::format("ICU has no NFC data: {}", u_errorName(status)));
  const icu::UnicodeString normal = nfc->normalize(kept, status);
  if (U_FAILURE(status) != 0)
    throw Error(fmt::format("ICU cannot normalise a word: {}", u_errorName(status)));
  std::string text;
  normal.toUTF8String(text);
  return text;
}

/// Walks the words in Tesseract's reading order. Blocks and lines are numbered as words turn up in them, so
/// that a block without words leaves no gap.
std::vector<Word> collect_words(tesseract::ResultIterator& position) {
  std::vector<Word> words;
  int block = -1;
  int line = -1;
  bool new_block = true;
  bool new_line = true;
  do {
    new_block = new_block || position.IsAtBeginningOf(tesseract::RIL_BLOCK);
    new_line = new_line || position.IsAtBeginningOf(tesseract::RIL_TEXTLINE);
    const std::unique_ptr<char[]> utf8(position.GetUTF8Text(tesseract::RIL_WORD));
    int left = 0;
    int top = 0;
    int right = 0;
    int bottom = 0;
    if (!utf8 || !position.BoundingBox(tesseract::RIL_WORD, &left, &top, &right, &bottom)) continue;
    Word word{.text = clean_word(utf8.get()),
              .box = {left, top, right - left, bottom - top},
              .confidence = std::clamp(position.Confidence(tesseract::RIL_WORD) / 100.0F, 0.0F, 1.0F)};
    if (word.text.empty() || right <= left || bottom <= top) continue;
    word.block = new_block ? ++block : block;
    word.line = new_line ? ++line : line;
    new_block = new_line = false;
    words.push_back(std::move(word));
  } while (position.Next(tesseract::RIL_WORD));
  return words;
}

tesseract::PageSegMode mode_of(Segmentation segmentation) {
  switch (segmentation) {
    case Segmentation::block:
      return tesseract::PSM_SINGLE_BLOCK;
    case Segmentation::sparse:
      return tesseract::PSM_SPARSE_TEXT;
    case Segmentation::page:
      break;
  }
  return tesseract::PSM_AUTO;
}

using Api = std::unique_ptr<tesseract::TessBaseAPI>;

/// Nothing when a model is missing or broken.
Api load(const std::string& tessdata, const std::string& languages, tesseract::OcrEngineMode mode) {
  auto api = std::make_unique<tesseract::TessBaseAPI>();
  const std::vector<std::string> names{"debug_file"};
  const std::vector<std::string> values{"/dev/null"};
  const char* directory = tessdata.empty() ? nullptr : tessdata.c_str();
  {
    const Loading now(mode);
    if (api->Init(directory, languages.c_str(), mode, nullptr, 0, &names, &values, false) != 0)
      return nullptr;
  }
  // Each line that reads badly would be read again with black and white exchanged. Inverted areas are found
  // and turned before.
  api->SetVariable("tessedit_do_invert", "0");
  return api;
}

bool has_models(const std::filesystem::path& directory, std::string_view languages) {
  if (directory.empty()) return false;
  return std::ranges::all_of(languages | std::views::split('+'), [&](const auto& language) {
    const std::string name(language.begin(), language.end());
    return std::filesystem::exists(directory / (name + ".traineddata"));
  });
}

}  // namespace

struct Recognizer::Engine {
  std::string languages;
  std::string tessdata;
  Api reader;
  Api orientation;  ///< null before it is needed, and when osd.traineddata is not installed
  bool orientation_was_tried = false;
  std::string best_tessdata;
  std::unique_ptr<Recognizer> best;  ///< with the larger models; null before it is needed

  void load_orientation() {
    if (orientation_was_tried) return;
    orientation_was_tried = true;
    orientation = load(tessdata, "osd", tesseract::OEM_TESSERACT_ONLY);
    if (orientation) orientation->SetPageSegMode(tesseract::PSM_OSD_ONLY);
  }
};

Recognizer::Recognizer(const RecognizerOptions& options) : engine_(std::make_unique<Engine>()) {
  setMsgSeverity(L_SEVERITY_NONE);
  (void)inner_loops_replaced();
  engine_->languages = options.languages;
  engine_->tessdata = options.tessdata;
  if (has_models(options.best_tessdata, options.languages)) engine_->best_tessdata = options.best_tessdata;
  engine_->reader = load(options.tessdata, options.languages, tesseract::OEM_LSTM_ONLY);
  if (!engine_->reader) {
    throw Error(fmt::format("cannot load the Tesseract models '{}' from {}", options.languages,
                            options.tessdata.empty() ? "the default directory" : options.tessdata));
  }
  // Tesseract only warns when the second of several languages is missing.
  std::vector<std::string> loaded;
  engine_->reader->GetLoadedLanguagesAsVector(&loaded);
  const auto wanted =
      static_cast<size_t>(std::count(options.languages.begin(), options.languages.end(), '+')) + 1;
  if (loaded.size() < wanted) {
    throw Error(fmt::format("of the Tesseract models '{}' only {} could be loaded", options.languages,
                            loaded.size()));
  }
  if (options.load_orientation_at_once) engine_->load_orientation();
}

Recognizer::~Recognizer() = default;
Recognizer::Recognizer(Recognizer&&) noexcept = default;
Recognizer& Recognizer::operator=(Recognizer&&) noexcept = default;

PageText Recognizer::recognize(const PageImage& image, Segmentation segmentation) {
  const cv::Mat grey = as_grey(image);
  tesseract::TessBaseAPI& reader = *engine_->reader;
  reader.SetPageSegMode(mode_of(segmentation));
  PageText text;
  text.width = grey.cols;
  text.height = grey.rows;
  text.dpi = image.dpi;
  // Tesseract finds nothing in smaller pictures but complains about them.
  if (grey.cols < 8 || grey.rows < 8) return text;
  {
    const PixHandle pix = to_pix(grey, image.dpi);
    reader.SetImage(pix.get());
  }
  reader.SetSourceResolution(image.dpi);
  {
    const Recognizing now;
    if (reader.Recognize(nullptr) != 0) {
      throw Error(fmt::format("Tesseract fails on a page of {} x {} pixels", grey.cols, grey.rows));
    }
  }
  const std::unique_ptr<tesseract::ResultIterator> first(reader.GetIterator());
  if (first) text.words = collect_words(*first);
  reader.Clear();
  text.confidence = page_confidence(text.words);
  return text;
}

std::optional<Orientation> Recognizer::detect_orientation(const PageImage& image) {
  engine_->load_orientation();
  if (!engine_->orientation) return std::nullopt;
  const cv::Mat grey = as_grey(image);
  tesseract::TessBaseAPI& osd = *engine_->orientation;
  {
    const PixHandle pix = to_pix(grey, image.dpi);
    osd.SetImage(pix.get());
  }
  osd.SetSourceResolution(image.dpi);
  int degrees = 0;
  float confidence = 0;
  const char* script = nullptr;
  float script_confidence = 0;
  const bool found = osd.DetectOrientationScript(&degrees, &confidence, &script, &script_confidence);
  osd.Clear();
  if (!found) return std::nullopt;
  return Orientation{.quarter_turns = (4 - degrees / 90) % 4,
                     .confidence = confidence,
                     .script = script == nullptr ? std::string() : std::string(script),
                     .script_confidence = script_confidence};
}

Recognizer& Recognizer::for_second_look() {
  if (engine_->best_tessdata.empty()) return *this;
  if (!engine_->best) {
    engine_->best = std::make_unique<Recognizer>(RecognizerOptions{.languages = engine_->languages,
                                                                   .tessdata = engine_->best_tessdata,
                                                                   .load_orientation_at_once = false});
  }
  return *engine_->best;
}

void Recognizer::reset() {
  if (engine_->best) engine_->best->reset();
  engine_->reader->ClearAdaptiveClassifier();
  if (engine_->orientation) engine_->orientation->ClearAdaptiveClassifier();
}

const std::string& Recognizer::languages() const { return engine_->languages; }

std::vector<std::string> installed_languages(const std::string& tessdata) {
  tesseract::TessBaseAPI api;
  // Tesseract knows its directory only after loading something; it knows it too when that fails.
  (void)api.Init(tessdata.empty() ? nullptr : tessdata.c_str(), "eng", tesseract::OEM_LSTM_ONLY);
  std::vector<std::string> names;
  api.GetAvailableLanguagesAsVector(&names);
  std::erase(names, "osd");
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace eakte::ocr
