#include "archive/evidence_keeping.h"

#include <openssl/rand.h>

#include "archive/time_stamp.h"

namespace eakte::archive {

std::string stamped(const std::string& imprint, DigestAlgorithm algorithm,
                    const StampingAuthority& authority) {
  std::string nonce(8, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(nonce.data()), static_cast<int>(nonce.size())) != 1)
    throw Error("there is no randomness for a time stamp");
  const std::string answer = authority.ask(time_stamp_request(algorithm, imprint, nonce));
  std::string token = token_of_response(answer, algorithm, imprint, nonce);
  const TimeStampFindings findings = verify_time_stamp(token, authority.trusted_pem);
  if (!findings.errors.empty()) throw Error("the time stamp does not hold: " + findings.errors.front());
  return token;
}

}  // namespace eakte::archive
