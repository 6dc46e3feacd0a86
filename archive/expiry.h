#pragma once
#include <string>
#include <vector>

#include "archive/archive.h"

namespace eakte::archive {

/// Until when what proves goes on proving by itself; instants in UTC, empty: nothing to say.
struct Expiries {
  std::string stamps;        ///< the first end of a certificate behind the newest stamp of a day's evidence
  std::string installation;  ///< the end of the certificate seals are made with
};

/// Reads the newest stamp of every day: foreign bytes. Throws Error.
Expiries expiries(const Archive& archive, const std::string& installation_pem);

/// Kept for those who do not read foreign bytes, and back.
void note_expiries(Archive& archive, const Expiries& expiries);
Expiries noted_expiries(const Archive& archive);

/// German sentences: what ends within so many days, or has ended, and what to do (ES-03). The certificate of
/// a stamp must not have ended when it is renewed.
inline constexpr int warned_days_ahead = 90;
std::vector<std::string> expiry_warnings(const Expiries& expiries, Date today);

}  // namespace eakte::archive
