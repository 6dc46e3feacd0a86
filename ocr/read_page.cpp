#include "ocr/read_page.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <opencv2/imgproc.hpp>

#include "ocr/cleanup/clean_page.h"
#include "ocr/cleanup/holes.h"
#include "ocr/cleanup/inverted.h"
#include "ocr/cleanup/motion.h"
#include "ocr/cleanup/noise.h"
#include "ocr/cleanup/orientation.h"
#include "ocr/cleanup/streaks.h"
#include "ocr/cleanup/survey.h"
#include "ocr/error.h"
#include "ocr/reading/doubt.h"
#include "ocr/reading/name_lists.h"
#include "ocr/reading/rows.h"
#include "ocr/reading/rulings.h"
#include "ocr/reading/second_look.h"
#include "ocr/reading/specks.h"
#include "ocr/reading/trust.h"
#include "ocr/reading/variant.h"
#include "ocr/reading/vote.h"

namespace eakte::ocr {
namespace {

using reading::Doubt;

/// A reading without rulings is taken when it is worth more by this factor; torn letters cost less than that.
constexpr double clear_gain = 1.12;
/// With fewer it is hardly the rulings that make a page hard to read.
constexpr int least_rulings = 4;
/// Lines read to see whether a page stands upright.
constexpr int sample_lines = 4;
/// OSD above this is believed.
constexpr double osd_sure = 2.0;
/// Findings of this confidence are tried where a reading is doubtful.
constexpr double worth_a_try = 0.2;
/// A reading worth less than this many letters is nothing but specks.
constexpr double least_worth = 8.0;

/// The received page and, on a photograph, the sheet it shows.
struct Received {
  PageImage grey;
  cleanup::Sheet sheet;
};

/// The page at one of its four orientations.
struct Attempt {
  int quarter_turns = 0;
  PageImage upright;  ///< grey, after the turns
  cleanup::Sheet sheet;
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

/// A negative is read as its positive, a page full of streaks or specks without them.
Received received_page(const PageImage& image, std::vector<CleanupStep>& steps) {
  Received received{as_grey(image), cleanup::find_sheet(image.pixels)};
  cv::Mat& pixels = received.grey.pixels;
  const double negative =
      received.sheet.confidence < cleanup::sure ? cleanup::negative_confidence(pixels) : 0;
  if (negative >= cleanup::sure) pixels = ~pixels;
  const cleanup::Streaks streaks = cleanup::find_streaks(pixels);
  if (streaks.confidence >= cleanup::sure) pixels = cleanup::without_streaks(pixels);
  const cleanup::Noise noise = cleanup::find_noise(pixels);
  if (noise.confidence >= cleanup::sure) pixels = cleanup::without_specks(pixels);
  steps.push_back({"negative", negative >= cleanup::sure, negative, {}});
  steps.push_back({"streaks",
                   streaks.confidence >= cleanup::sure,
                   streaks.confidence,
                   {{"black", streaks.black}, {"white", streaks.white}}});
  steps.push_back({"noise",
                   noise.confidence >= cleanup::sure,
                   noise.confidence,
                   {{"specks_per_thousand", noise.specks_per_thousand}}});
  return received;
}

Attempt attempt(const Received& received, int quarter_turns) {
  Attempt made;
  made.quarter_turns = (quarter_turns % 4 + 4) % 4;
  made.upright = turned(received.grey, made.quarter_turns);
  made.sheet = cleanup::turned(received.sheet, received.grey.pixels.size(), made.quarter_turns);
  made.survey = cleanup::survey_of(made.upright.pixels, made.sheet);
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

/// OSD on a picture of at most twice the survey's size: it looks at shapes of letters, not at detail.
std::optional<Orientation> ask_osd(Recognizer& recognizer, const Attempt& made) {
  return recognizer.detect_orientation(
      {made.survey.grey, std::max(70, made.upright.dpi / made.survey.reduction)});
}

struct Reading {
  cleanup::CleanPage clean;
  PageText text;  ///< boxes in pixels of the clean picture
  /// Another reading of the same picture, which has a vote on doubtful words.
  std::optional<PageText> voter = std::nullopt;
  int letters_found_again = 0;  ///< by the second look
};

Reading read(Recognizer& recognizer, const Attempt& made) {
  Reading reading{cleanup::clean_page(made.upright, made.survey, made.sheet), {}};
  reading.text = recognizer.recognize(reading.clean.image);
  return reading;
}

/// The lines of the page with the most letters, read; enough to see whether it stands upright.
PageText sample(Recognizer& recognizer, const Attempt& made) {
  const PageImage clean = cleanup::clean_page(made.upright, made.survey, made.sheet).image;
  const int height =
      clean.dpi * sample_lines / 4;  // a line of usual print takes a quarter of an inch at most
  const cv::Rect rows = reading::busiest_rows(clean.pixels, height);
  return recognizer.recognize({clean.pixels(rows).clone(), clean.dpi});
}

struct Decision {
  Attempt attempt;
  double confidence = 0;
  std::vector<int> doubts;  ///< further turns worth trying when the page reads badly
  bool osd_asked = false;
};

/// Shapes decide on most pages, at no cost. OSD is asked before a page is turned, since that is rare and a
/// wrong turn spoils the page, and when there is nothing to go by.
Decision decide_orientation(Recognizer& recognizer, const Received& received) {
  Attempt made = attempt(received, 0);
  cleanup::Stance stance = cleanup::find_stance(made.survey);
  const bool known = stance.level_evidence >= 40 && std::abs(stance.level) > 0.3;
  bool steep = known && stance.level < 0;
  if (stance.level_evidence >= 40 && stance.level < 0) {
    Attempt other = attempt(received, 1);
    const cleanup::Stance turned_stance = cleanup::find_stance(other.survey);
    // Blurred lines are seen on one of the two pages only.
    steep = steep || turned_stance.level > 0.3;
    if (steep) made = std::move(other);
    if (steep) stance = turned_stance;
  }
  const double upright = stance.upright * std::min(1.0, stance.upright_evidence / 40.0);
  if (!steep && upright >= -0.2) {
    // In doubt nothing is turned. Pages without much print are cheap to read in all directions.
    std::vector<int> doubts;
    if (upright < 0.2) doubts = {2};
    if (upright < 0.2 && !known && made.survey.letters.size() < 300) doubts = {2, 1, 3};
    const double confidence = std::clamp(2 * std::min(stance.level, upright), 0.0, 1.0);
    return {std::move(made), confidence, std::move(doubts), false};
  }
  const auto osd = ask_osd(recognizer, made);
  if (osd && osd->confidence > osd_sure) {
    const int by_shapes = upright < 0 ? 2 : 0;
    const double confidence = osd->quarter_turns == by_shapes ? 1.0 : 0.6;
    if (osd->quarter_turns != 0) made = attempt(received, made.quarter_turns + osd->quarter_turns);
    // OSD is wrong at times even when it is sure. Where the shapes contradict it, some lines are read both
    // ways.
    if (osd->quarter_turns != by_shapes) {
      Attempt other = attempt(received, made.quarter_turns + 2);
      if (worth(sample(recognizer, other)) > worth(sample(recognizer, made))) made = std::move(other);
    }
    // A page that then reads badly is tried the other way up.
    return {std::move(made), confidence, {2}, true};
  }
  if (upright < -0.4) made = attempt(received, made.quarter_turns + 2);
  return {std::move(made), std::min(1.0, std::abs(upright)), {2}, true};
}

/// Tries the orientations that are not ruled out and keeps the one that reads best.
void settle_doubts(Recognizer& recognizer, const Received& received, Decision& decision, Reading& reading) {
  std::vector<int> doubts = std::move(decision.doubts);
  const int turns = decision.attempt.quarter_turns;
  if (!decision.osd_asked) {
    const auto osd = ask_osd(recognizer, decision.attempt);
    if (osd && osd->confidence > osd_sure) {
      doubts.clear();
      if (osd->quarter_turns != 0) doubts = {osd->quarter_turns};
    }
  }
  for (const int more : doubts) {
    Attempt other = attempt(received, turns + more);
    if (sample(recognizer, other).confidence <= reading.text.confidence) continue;
    Reading another = read(recognizer, other);
    if (worth(another.text) <= worth(reading.text)) continue;
    reading = std::move(another);
    decision.attempt = std::move(other);
    decision.confidence = 0.8;
  }
}

/// Light and bent lines that were found, but not surely, are put right where the page reads badly: crumpled
/// sheets show a bit of both.
void compare_with_bolder_cleaning(Recognizer& recognizer, const Attempt& made, Reading& reading) {
  if (!cleanup::more_to_clean(reading.clean, worth_a_try)) return;
  Reading bolder{cleanup::clean_page(made.upright, made.survey, made.sheet, worth_a_try), {}};
  bolder.text = recognizer.recognize(bolder.clean.image);
  if (worth(bolder.text) > worth(reading.text)) reading = std::move(bolder);
}

/// A photograph that reads badly may be blurred by a movement of the camera.
void compare_without_motion(Recognizer& recognizer, Reading& reading) {
  const cleanup::Motion motion = cleanup::find_motion(reading.clean.image.pixels);
  bool better = false;
  if (motion.confidence >= 0.5) {
    const PageImage sharp{cleanup::without_motion(reading.clean.image.pixels, motion),
                          reading.clean.image.dpi};
    PageText text = recognizer.recognize(sharp);
    better = worth(text) > worth(reading.text);
    if (better) reading.text = std::move(text);
    if (better) reading.clean.image = sharp;
    reading.clean.changed = reading.clean.changed || better;
  }
  reading.clean.steps.push_back({"motion",
                                 better,
                                 motion.confidence,
                                 {{"across_pixels", motion.way.x}, {"down_pixels", motion.way.y}}});
}

/// Cleaning can do harm: a page that reads badly is read as it came, too.
void compare_with_uncleaned(Recognizer& recognizer, const Attempt& made, Reading& reading) {
  PageText text = recognizer.recognize(made.upright);
  if (worth(text) <= worth(reading.text)) return;
  reading.text = std::move(text);
  reading.clean.image = made.upright;
  reading.clean.to_received = {};
  for (CleanupStep& step : reading.clean.steps) step.applied = false;
}

/// Letters on rulings and in boxes are dropped or misread, and tables are torn apart without their rulings.
/// So a suspect page, or a doubtful one that shows letters without words once its rulings are gone, is read
/// without them, and the better reading stays.
void compare_without_rulings(Recognizer& recognizer, bool suspect, Reading& reading) {
  PageImage bare{reading.clean.image.pixels.clone(), reading.clean.image.dpi};
  const reading::Rulings found = reading::remove_rulings(bare.pixels, bare.dpi / 10.0);
  bool better = false;
  double gain = 1;
  const double unread = reading::unread_share(bare, reading.text);
  if (found.across + found.down >= least_rulings && (suspect || unread > reading::much_unread)) {
    PageText text = recognizer.recognize(bare);
    gain = worth(text) / std::max(1.0, worth(reading.text));
    better = gain > clear_gain;
    if (better) reading.text = std::move(text);
    if (better) reading.clean.image = bare;
  }
  reading.clean.steps.push_back(
      {"rulings",
       better,
       found.share > 0 ? 1.0 : 0.0,
       {{"across", found.across}, {"down", found.down}, {"unread", unread}, {"gain", gain}}});
}

/// Parts of the page that hold letters of which there are no words.
void look_again(Recognizer& recognizer, Reading& reading) {
  const reading::SecondLook look = reading::read_again(recognizer, reading.clean.image, reading.text);
  if (look.areas == 0) return;
  reading.letters_found_again = look.gained_letters;
  reading.clean.steps.push_back({"second_look",
                                 look.gained_letters > 0,
                                 1.0,
                                 {{"areas", look.areas}, {"gained_letters", look.gained_letters}}});
}

/// A doubtful page is read another way, too.
void find_voter(Recognizer& recognizer, Reading& reading) {
  if (!reading::may_gain_by_vote(reading.text)) return;
  reading.voter = reading::read_variant(recognizer.for_second_look(), reading.clean.image);
}

/// The words of a reading in reading order, with boxes on the upright received picture; none in `holes`.
PageText arranged(PageText text, const cleanup::Mapping& to_received, const PageImage& upright,
                  const std::vector<cv::Rect>& holes) {
  reading::drop_specks(text.words);
  reading::join_rows(text.words);
  reading::put_name_lists_in_columns(text.words);
  text.width = upright.pixels.cols;
  text.height = upright.pixels.rows;
  text.dpi = upright.dpi;
  for (Word& word : text.words) word.box = cleanup::mapped(word.box, to_received, text.width, text.height);
  reading::drop_words_in(text.words, holes);
  text.confidence = page_confidence(text.words);
  return text;
}

/// Takes over what the other reading is surer of; nothing if the page as a whole would be less sure.
void hear_voter(Reading& reading, const PageImage& upright, const std::vector<cv::Rect>& holes,
                PageText& text) {
  if (!reading.voter) return;
  const PageText other = arranged(std::move(*reading.voter), reading.clean.to_received, upright, holes);
  PageText voted = text;
  const reading::Vote vote = reading::vote(voted, other);
  const float confidence = page_confidence(voted.words);
  const bool better = confidence > text.confidence;
  if (better) text.words = std::move(voted.words);
  reading.clean.steps.push_back({"vote",
                                 better,
                                 confidence,
                                 {{"before", text.confidence},
                                  {"replaced", vote.replaced},
                                  {"added", vote.added},
                                  {"dropped", vote.dropped}}});
}

/// The holes of a punch, on the upright received picture; none on a photographed sheet, whose survey is flat.
std::vector<cv::Rect> holes_of(const Attempt& made, Reading& reading) {
  if (made.sheet.confidence >= cleanup::sure) return {};
  const cleanup::Holes holes = cleanup::find_holes(made.survey);
  reading.clean.steps.push_back({"holes",
                                 !holes.places.empty(),
                                 holes.confidence,
                                 {{"count", static_cast<double>(holes.places.size())}}});
  std::vector<cv::Rect> places;
  for (const cv::Rect& place : holes.places)
    places.emplace_back(place.tl() * made.survey.reduction, place.size() * made.survey.reduction);
  return places;
}

/// The words in reading order, with boxes on the upright received picture. The page's confidence is that of
/// the first reading: of the surest of two wordings one is always surer, which says nothing about the page.
PageText finished(Reading& reading, const Attempt& made) {
  const PageImage& upright = made.upright;
  const std::vector<cv::Rect> holes = holes_of(made, reading);
  PageText text = arranged(std::move(reading.text), reading.clean.to_received, upright, holes);
  const float trust = reading::page_trust(text.words, reading.letters_found_again);
  hear_voter(reading, upright, holes, text);
  text.confidence = trust;
  return text;
}

std::vector<std::string> reasons_of(const PageText& text, const Decision& decision) {
  std::vector<std::string> reasons;
  if (text.confidence < reading::poor) {
    reasons.emplace_back("unsure_words");
    if (decision.confidence < 0.5) reasons.emplace_back("unsure_orientation");
  }
  if (reading::lost_text(text, decision.attempt.survey)) reasons.emplace_back("little_text_recognised");
  return reasons;
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
  std::vector<CleanupStep> first_steps;
  const Received page_as_sent = received_page(received, first_steps);
  Decision decision = options.find_orientation ? decide_orientation(recognizer, page_as_sent)
                                               : Decision{attempt(page_as_sent, 0), 1.0, {}, true};
  Reading reading = read(recognizer, decision.attempt);
  if (reading.text.confidence < reading::poor && !decision.doubts.empty()) {
    settle_doubts(recognizer, page_as_sent, decision, reading);
  }
  Doubt doubt = reading::doubt_of(reading.text, reading.clean.image, decision.attempt.survey);
  if (doubt != Doubt::none && !reading.clean.blank && !decision.attempt.survey.bilevel) {
    compare_with_bolder_cleaning(recognizer, decision.attempt, reading);
    compare_without_motion(recognizer, reading);
    doubt = reading::doubt_of(reading.text, reading.clean.image, decision.attempt.survey, true);
  }
  const bool suspect = doubt == Doubt::suspect;
  if (suspect && reading.clean.changed && !reading.clean.blank) {
    compare_with_uncleaned(recognizer, decision.attempt, reading);
  }
  if (!reading.clean.blank) {
    if (doubt != Doubt::none) compare_without_rulings(recognizer, suspect, reading);
    look_again(recognizer, reading);
    if (doubt != Doubt::none && !decision.attempt.survey.bilevel) find_voter(recognizer, reading);
  }
  ReadPage page;
  page.quarter_turns = decision.attempt.quarter_turns;
  page.text = finished(reading, decision.attempt);
  // Print too faint for the survey may still be read: only a page that both find empty is blank.
  page.blank = reading.clean.blank && worth(page.text) < least_worth;
  page.steps.push_back(
      {"orientation", page.quarter_turns != 0, decision.confidence, {{"quarter_turns", page.quarter_turns}}});
  std::ranges::move(first_steps, std::back_inserter(page.steps));
  for (CleanupStep& step : reading.clean.steps) {
    if (step.name == "blank") step.applied = page.blank;
    page.steps.push_back(std::move(step));
  }
  if (!page.blank) page.reasons = reasons_of(page.text, decision);
  for (const std::string& reason : page.reasons)
    page.steps.push_back({reason, false, page.text.confidence, {}});
  return page;
}

}  // namespace eakte::ocr
