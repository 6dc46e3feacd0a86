#pragma once
#include <optional>
#include <string>
#include <vector>

#include "archive/database.h"
#include "ingest/intake_queue.h"

namespace eakte::ingest {

// The rows of the table `intake`, for those who change them within a transaction.

std::string text_of(IntakeState state);
std::vector<IntakeState> all_intake_states();

Intake intake_from(const archive::Row& row);

std::optional<Intake> find_intake(archive::Connection& connection, const IntakeId& id);

/// Throws archive::NotFound.
void set_state(archive::Connection& connection, const IntakeId& id, IntakeState state,
               const std::string& reason, const std::string& detail);

/// Where an intake goes that cannot be processed: a batch whose parts are filed stays split, one that has a
/// document keeps it.
IntakeState resting_state(archive::Connection& connection, const IntakeId& id, IntakeState state);

/// Only ends are evidence; giving an intake back to the queue is not.
void record_end(archive::Connection& connection, const IntakeId& id, IntakeState state,
                const std::string& reason);

}  // namespace eakte::ingest
