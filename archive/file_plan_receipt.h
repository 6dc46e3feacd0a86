#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "archive/file_plan_exchange.h"

namespace eakte::archive {

/// The head of a plan that came as xdomea 0301. Nothing for another form, or for one that does not say which
/// process it belongs to and who sent it.
std::optional<PlanMessage> plan_message_of(std::string_view text);

/// Aktenplan.EmpfangBestaetigen.0302 of xdomea 3.1.0: tells the sender of a 0301 that its plan has come in
/// (XD-03). Same process; `recipient` is us.
std::string file_plan_receipt(const PlanMessage& received, const std::string& recipient,
                              const std::string& written_at);

}  // namespace eakte::archive
