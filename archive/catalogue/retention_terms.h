#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "archive/file_plan.h"

namespace eakte::archive {

/// How long a document is kept, as it is told to people.
struct RetentionTerms {
  std::optional<Date> end;
  bool unlimited = false;
  std::string sentence;  ///< German: rule, and the end or what it waits for
};

/// The terms of a document under a plan entry (nullptr: unclear). Of the events only those are known that are
/// the date of the document itself: rechnung_ausgestellt, beleg_entstanden, aufnahme. `beurkundung` is not
/// among them: a notice filed with a certificate is older than the certificate, and the period would end too
/// early.
RetentionTerms retention_terms(const FilePlanEntry* entry, std::optional<Date> document_date);

/// The events that are the date of a document itself.
std::span<const std::string_view> events_of_the_document();

/// The rule of an entry that decided about an end.
const RetentionRule& rule_that_decides(const FilePlanEntry& entry, const RetentionEnd& end);

/// "Why is this due then?" in German: rule, the dates it counts from, its end or what it waits for, legal
/// source.
std::string explain(const FilePlanEntry& entry, const Events& events, const RetentionEnd& end);

}  // namespace eakte::archive
