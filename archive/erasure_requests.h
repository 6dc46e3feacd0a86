#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.h"

namespace eakte::archive {

// Requests of a person to have data erased (Art. 17 DSGVO). Where a duty stands against it, the request is
// refused for that document with its reason (Art. 17(3)(b), (d), (e)) and the document is restricted instead
// (Art. 18, BDSG 35(3)); otherwise its folder is proposed for destruction, which takes the way of
// destruction.h (RT-08). Records managers do all of this; the functions throw Forbidden: account_needed,
// role_missing.

using ErasureRequestId = Id<struct ErasureRequestTag>;

struct NewErasureRequest {
  std::string person;     ///< name as given
  std::string address;    ///< as given; may be empty
  std::string reference;  ///< Aktenzeichen the person names; may be empty
  Date received_on{};
};

enum class ErasureDecision {
  proposed,    ///< its folder is proposed for destruction, by now or before
  restricted,  ///< a duty stands against it; found by records managers only
  refused      ///< in processing, or not filed in a folder yet: neither erased nor restricted
};
std::string_view name_of(ErasureDecision decision);

struct ErasureItem {
  DocumentId document;
  FolderId folder;
  ErasureDecision decision = ErasureDecision::refused;
  std::string
      code;  ///< what stands against it, as of why_not_destroyable, or not_in_a_folder; "" when proposed
};

struct ErasureRequest {
  ErasureRequestId id;
  NewErasureRequest about;
  Date answer_by{};  ///< a month after it came in (Art. 12(3))
  std::string recorded_at;
  std::string recorded_by;
  std::string decided_at;  ///< ""until then
  std::string decided_by;
  std::string letter;  ///< German answer to the person, with reasons and the right to complain
  std::vector<ErasureItem> items;
};

/// Throws Error without a name; Forbidden: day_in_future.
ErasureRequestId record_erasure_request(Archive& archive, const NewErasureRequest& request, Date today,
                                        const std::string& actor);

/// Decides about the documents that a person has found to concern the requester, all in one commit, and
/// writes the letter. An empty list is an answer too. Throws NotFound; Forbidden: erasure_decided.
ErasureRequest decide_erasure(Archive& archive, const ErasureRequestId& id,
                              const std::vector<DocumentId>& documents, Date today, const std::string& actor);

ErasureRequest erasure_request(const Archive& archive, const ErasureRequestId& id);  ///< throws NotFound
/// Newest first, without their items.
std::vector<ErasureRequest> erasure_requests(const Archive& archive, int limit);

/// The access term of restricted documents; who may find them has it.
inline constexpr std::string_view restricted_access = "restricted";
bool is_restricted(const Document& document);
/// Ends the restriction of a document. Throws NotFound; Forbidden: not_restricted.
void lift_restriction(Archive& archive, const DocumentId& document, const std::string& actor);

}  // namespace eakte::archive
