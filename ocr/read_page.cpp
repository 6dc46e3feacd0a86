#include "ocr/read_page.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "ocr/cleanup/clean_page.h"
#include "ocr/cleanup/orientation.h"
#include "ocr/cleanup/survey.h"
#include "ocr/error.h"

namespace eakte::ocr {
namespace {

/// A reading below this is suspected of a wrong orientation or a cleaning that did harm.
constexpr float poor = 0.70F;
/// OSD above this is believed.
constexpr double osd_sure = 2.0;
/// A reading worth less than this many letters is nothing but specks.
constexpr double least_worth = 8.0;

struct Attempt {
  int quarter_turns = 0;
  PageImage upright;  ///< grey, after the turns
  cleanup::Survey survey;
};

PageImage as_grey(const PageImage& image) {
  if (image.pixels.empty()) throw Error("a page image has no pixels");
  if (image.pixels.type() == CV_8UC1) return image;
  if (image.pixels.type() != CV_8UC3) throw Error("a page image is neither grey nor BGR");
  PageImage grey;
  grey.dpi = image.dpi;
  cv::cvtColor(image.pixels, grey.pixels, cv::COLOR_BGR2GRAY);
  return grey;
}

Attempt attempt(const PageImage& grey, int quarter_turns) {
  Attempt made;
  made.quarter_turns = (quarter_turns % 4 + 4) % 4;
  made.upright = turned(grey, made.quarter_turns);
  made.survey = cleanup::survey(made.upright.pixels);
  return made;
}

/// How much text a reading holds that is rather right than wrong: a reading of half the page is worse than
/// one of the whole at the same confidence.
double worth(const PageText& text) {
  double sum = 0;
  for (const Word& word : text.words)
    sum += static_cast<double>(word.text.size()) * (2.0 * word.confidence - 1.0);
  return sum;
}

PageText read_clean(Recognizer& recognizer, const cleanup::CleanPage& clean, const PageImage& upright) {
  PageText text = recognizer.recognize(clean.image);
  text.width = upright.pixels.cols;
  text.height = upright.pixels.rows;
  text.dpi = upright.dpi;
  for (Word& word : text.words)
    word.box = cleanup::mapped(word.box, clean.to_received, text.width, text.height);
  return text;
}

/// OSD on a picture of at most twice the survey's size: it looks at shapes of letters, not at detail.
std::optional<Orientation> ask_osd(Recognizer& recognizer, const Attempt& made) {
  return recognizer.detect_orientation(
      {made.survey.grey, std::max(70, made.upright.dpi / made.survey.reduction)});
}

struct Decision {
  Attempt attempt;
  double confidence = 0;
};

Decision decide_orientation(Recognizer& recognizer, const PageImage& grey) {
  Attempt made = attempt(grey, 0);
  cleanup::Stance stance = cleanup::find_stance(made.survey);
  const bool steep = stance.level < -0.3 && stance.level_evidence >= 40;
  if (steep) {
    made = attempt(grey, 1);
    stance = cleanup::find_stance(made.survey);
  }
  const double evidence = std::min(1.0, stance.upright_evidence / 40.0);
  const bool upside_down = stance.upright * evidence < -0.2;
  if (!steep && !upside_down) {
    return {std::move(made), std::clamp(std::min(stance.level, 2 * stance.upright) * evidence, 0.0, 1.0)};
  }
  // A turn is a rare thing and a wrong one spoils the page: OSD has the last word if it is sure.
  int turns = made.quarter_turns + (upside_down ? 2 : 0);
  double confidence = std::abs(stance.upright) * evidence;
  if (const auto osd = ask_osd(recognizer, made); osd && osd->confidence > osd_sure) {
    const int by_osd = made.quarter_turns + osd->quarter_turns;
    confidence = by_osd % 4 == turns % 4 ? 1.0 : 0.5;
    turns = by_osd;
  }
  if (turns % 4 != made.quarter_turns) made = attempt(grey, turns);
  return {std::move(made), confidence};
}

}  // namespace

PageImage turned(const PageImage& image, int quarter_turns) {
  const int turns = (quarter_turns % 4 + 4) % 4;
  if (turns == 0) return image;
  constexpr int codes[] = {cv::ROTATE_90_CLOCKWISE, cv::ROTATE_180, cv::ROTATE_90_COUNTERCLOCKWISE};
  PageImage result;
  result.dpi = image.dpi;
  cv::rotate(image.pixels, result.pixels, codes[turns - 1]);
  return result;
}

ReadPage read_page(Recognizer& recognizer, const PageImage& received, const ReadOptions& options) {
  const PageImage grey = as_grey(received);
  Decision decision =
      options.find_orientation ? decide_orientation(recognizer, grey) : Decision{attempt(grey, 0), 1.0};
  cleanup::CleanPage clean = cleanup::clean_page(decision.attempt.upright, decision.attempt.survey);
  ReadPage page;
  page.text = read_clean(recognizer, clean, decision.attempt.upright);
  if (page.text.confidence < poor && !clean.blank) {
    if (options.find_orientation && decision.confidence < 0.5) {
      const auto osd = ask_osd(recognizer, decision.attempt);
      if (osd && osd->confidence > osd_sure && osd->quarter_turns != 0) {
        Attempt other = attempt(grey, decision.attempt.quarter_turns + osd->quarter_turns);
        cleanup::CleanPage other_clean = cleanup::clean_page(other.upright, other.survey);
        PageText text = read_clean(recognizer, other_clean, other.upright);
        if (worth(text) > worth(page.text)) {
          page.text = std::move(text);
          clean = std::move(other_clean);
          decision = {std::move(other), 0.8};
        }
      }
    }
    if (page.text.confidence < poor) {
      PageText text = recognizer.recognize(decision.attempt.upright);
      if (worth(text) > worth(page.text)) {
        page.text = std::move(text);
        for (CleanupStep& step : clean.steps) step.applied = step.applied && step.name == "blank";
      }
    }
  }
  page.quarter_turns = decision.attempt.quarter_turns;
  // Print too faint for the survey may still be read: only a page that both find empty is blank.
  page.blank = clean.blank && worth(page.text) < least_worth;
  page.steps.push_back(
      {"orientation", page.quarter_turns != 0, decision.confidence, {{"quarter_turns", page.quarter_turns}}});
  for (CleanupStep& step : clean.steps) {
    if (step.name == "blank") step.applied = page.blank;
    page.steps.push_back(std::move(step));
  }
  return page;
}

}  // namespace eakte::ocr
