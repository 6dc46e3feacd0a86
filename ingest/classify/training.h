#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "ingest/classify/linear_model.h"
#include "ingest/model_report.h"

namespace eakte::ingest {

/// A text to learn from. It has a type, a file plan entry, or both; an empty one is not learned.
struct Lesson {
  std::string features;  ///< as packed()
  std::string document_type;
  std::string plan_entry;
  std::string group;      ///< lessons of one group are never on both sides of a trial; empty: on its own
  bool confirmed = true;  ///< a person's filing; others help to learn but are not what trials are judged by
};

struct LearnedModel {
  LinearModel model;           ///< without labels when the lessons have fewer than two
  std::vector<Judged> judged;  ///< held-back lessons, as models that had not seen them judged them
};

/// Learns one label of the lessons with liblinear: L2-regularised L2-loss support vectors, one against the
/// rest, by the dual method (Hsieh et al., 2008), and calibrates on held-back lessons: three trials,
/// each without a third of them, or one without a fifth when there are many lessons. Lessons without a
/// group are parted in their order: neighbours often share their wording. Same lessons, same model, as long
/// as no other thread draws from rand().
LearnedModel learned(const std::vector<Lesson>& lessons, std::string Lesson::*label);

}  // namespace eakte::ingest
