// Not a test: how much of the filing of a document is the audit trail, and how much slower filing gets while
// the evidence of a day is made beside it. `measure_filing [DOCUMENTS]`, on the disk of the temporary
// directory.

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "archive/evidence_keeping.h"
#include "tests/archive/evidence/time_stamp_authority.h"
#include "tests/archive/tenant.h"

namespace {

using namespace eakte;  // NOLINT(google-build-using-namespace): a program of one file
using Clock = std::chrono::steady_clock;

constexpr int audit_entries_at_once = 200;

double milliseconds_of(const auto& work) {
  const auto began = Clock::now();
  work();
  return std::chrono::duration<double, std::milli>(Clock::now() - began).count();
}

double median(std::vector<double> values) {
  std::ranges::nth_element(values, values.begin() + std::ssize(values) / 2);
  return values[values.size() / 2];
}

/// Milliseconds of each of so many filings, each with its intake, as ingest does it.
std::vector<double> filings(testing::Tenant& tenant, int documents, const std::string& name) {
  std::vector<double> times;
  for (int i = 0; i < documents; ++i)
    times.push_back(milliseconds_of([&] { tenant.file(name + std::to_string(i)); }));
  return times;
}

/// Milliseconds of one entry inside a transaction that is open anyway.
double audit_entry(testing::Tenant& tenant) {
  double all = 0;
  tenant.archive.database().write([&](archive::Connection& connection) {
    all = milliseconds_of([&] {
      for (int i = 0; i < audit_entries_at_once; ++i) {
        tenant.archive.record(connection,
                              {"system", "document.filed", archive::new_id_text(),
                               R"({"intake":"01k00000000000000000000000","revision":1,"state":"filed"})"});
      }
    });
  });
  return all / audit_entries_at_once;
}

}  // namespace

int main(int count, char** arguments) {
  const int documents = count > 1 ? std::stoi(arguments[1]) : 300;
  testing::Tenant tenant;
  const testing::TemporaryDirectory files;
  const archive::TimeStampAuthority server(files.path());
  const archive::StampingAuthority authority{
      [&](const std::string& request) { return server.answer(request); }, server.certificate()};
  filings(tenant, documents / 10 + 1, "warm");
  std::vector<double> alone;
  std::vector<double> beside;
  double making = 0;
  std::int64_t proven = 0;
  // Turn by turn, so that what else goes on on the machine touches both alike.
  constexpr int rounds = 5;
  for (int round = 0; round < rounds; ++round) {
    const std::vector<double> quiet = filings(tenant, documents, fmt::format("alone {} ", round));
    alone.insert(alone.end(), quiet.begin(), quiet.end());
    std::jthread evidence([&] {
      making += milliseconds_of([&] {
        for (const auto& day : archive::make_evidence(tenant.archive, archive::today(), authority, "system"))
          proven += day.documents;
      });
    });
    const std::vector<double> busy = filings(tenant, documents, fmt::format("beside {} ", round));
    beside.insert(beside.end(), busy.begin(), busy.end());
  }
  const double entry = audit_entry(tenant);
  fmt::print("filing one document (with its intake): {:.2f} ms median\n", median(alone));
  fmt::print("  of that two audit entries: {:.3f} ms, {:.1f} %\n", 2 * entry, 200 * entry / median(alone));
  fmt::print("filing while evidence is made beside: {:.2f} ms median, {:+.1f} %\n", median(beside),
             100 * (median(beside) / median(alone) - 1));
  fmt::print("evidence of {} documents: {:.2f} ms each\n", proven, making / static_cast<double>(proven));
  return 0;
}
