#include "ocr/reading/doubt.h"

#include "ocr/reading/second_look.h"

namespace eakte::ocr::reading {
namespace {

/// Below this a reading may gain by another try.
constexpr float doubtful = 0.88F;

}  // namespace

bool lost_text(const PageText& text, const cleanup::Survey& survey) {
  size_t letters = 0;
  for (const Word& word : text.words) letters += word.text.size();
  return static_cast<double>(letters) < 0.75 * static_cast<double>(cleanup::usual_letters(survey).size());
}

Doubt doubt_of(const PageText& text, const PageImage& clean, const cleanup::Survey& survey, bool doubted) {
  if (text.confidence < poor || lost_text(text, survey)) return Doubt::suspect;
  if (text.confidence >= doubtful && !doubted) return Doubt::none;
  return unread_share(clean, text) > much_unread ? Doubt::suspect : Doubt::some;
}

}  // namespace eakte::ocr::reading
