#include "archive/evidence_record.h"

#include <openssl/cms.h>

#include <algorithm>
#include <memory>

#include "archive/evidence/der.h"
#include "archive/evidence/digests.h"

namespace eakte::archive {
namespace {

DigestAlgorithm allowed(std::string_view identifier_content) {
  const auto algorithm = digest_algorithm_from(identifier_content);
  if (!algorithm) throw Error("the evidence record uses a digest that is not allowed");
  return *algorithm;
}

/// A time stamp token may be BER with lengths left open, so OpenSSL says where it ends.
std::string take_token(DerReader& reader) {
  const std::string_view rest = reader.rest();
  const auto* position = reinterpret_cast<const unsigned char*>(rest.data());
  const std::unique_ptr<CMS_ContentInfo, decltype(&CMS_ContentInfo_free)> token(
      d2i_CMS_ContentInfo(nullptr, &position, static_cast<long>(rest.size())), CMS_ContentInfo_free);
  if (!token) throw Error("malformed time stamp token in the evidence record");
  const auto size = static_cast<std::size_t>(reinterpret_cast<const char*>(position) - rest.data());
  std::string bytes(rest.substr(0, size));
  reader.skip(size);
  return bytes;
}

ReducedHashTree decode_tree(std::string_view content) {
  ReducedHashTree tree;
  for (DerReader lists(content); !lists.at_end();) {
    std::vector<std::string>& list = tree.emplace_back();
    for (DerReader values(lists.take(der::sequence, "a partial hash tree")); !values.at_end();)
      list.emplace_back(values.take(der::octet_string, "a digest"));
    if (list.empty()) throw Error("a partial hash tree of the evidence record is empty");
  }
  return tree;
}

ArchiveTimeStamp decode_time_stamp(std::string_view content) {
  ArchiveTimeStamp stamp;
  DerReader reader(content);
  if (reader.next_tag() == der::context_0)
    stamp.algorithm = allowed(reader.take(der::context_0, "the digest algorithm of a time stamp"));
  if (reader.next_tag() == der::context_1) reader.take(der::context_1, "the attributes of a time stamp");
  if (reader.next_tag() == der::context_2)
    stamp.tree = decode_tree(reader.take(der::context_2, "a reduced hash tree"));
  stamp.token = take_token(reader);
  if (!reader.at_end()) throw Error("something stands behind a time stamp of the evidence record");
  return stamp;
}

std::string encode_tree(const ReducedHashTree& tree) {
  std::string lists;
  for (const auto& list : tree) {
    std::string values;
    for (const std::string& value : list) values += der_element(der::octet_string, value);
    lists += der_element(der::sequence, values);
  }
  return lists;
}

std::string encode_chain(const ArchiveTimeStampChain& chain) {
  std::string stamps;
  for (const ArchiveTimeStamp& stamp : chain) {
    std::string content;
    if (stamp.algorithm) {
      const std::string identifier = algorithm_identifier(*stamp.algorithm);
      content += der_element(der::context_0, DerReader(identifier).take(der::sequence, "an algorithm"));
    }
    if (!stamp.tree.empty()) content += der_element(der::context_2, encode_tree(stamp.tree));
    content += stamp.token;
    stamps += der_element(der::sequence, content);
  }
  return der_element(der::sequence, stamps);
}

}  // namespace

std::string root_of(const ReducedHashTree& tree, DigestAlgorithm algorithm) {
  std::string root;
  for (std::vector<std::string> list : tree) {
    if (!root.empty()) list.push_back(root);
    std::ranges::sort(list);
    if (list.size() == 1) {
      root = list.front();
      continue;
    }
    std::string joined;
    for (const std::string& value : list) joined += value;
    root = digest(algorithm, joined);
  }
  return root;
}

EvidenceRecord decode_evidence_record(std::string_view bytes) {
  EvidenceRecord record;
  DerReader outer(bytes);
  DerReader reader(outer.take(der::sequence, "an evidence record"));
  const std::string_view version = reader.take(der::integer, "the version");
  if (version.size() != 1) throw Error("the evidence record has no sensible version");
  record.version = static_cast<signed char>(version.front());
  for (DerReader list(reader.take(der::sequence, "the digest algorithms")); !list.at_end();)
    record.algorithms.push_back(allowed(list.take(der::sequence, "a digest algorithm")));
  for (const unsigned char tag : {der::context_0, der::context_1}) {
    if (reader.next_tag() != tag) continue;
    reader.take(tag, "information on encryption");
    record.has_crypto_infos = true;
  }
  for (DerReader chains(reader.take(der::sequence, "the time stamp sequence")); !chains.at_end();) {
    record.encoded.emplace_back(chains.take_whole("a time stamp chain"));
    DerReader whole(record.encoded.back());
    ArchiveTimeStampChain& chain = record.chains.emplace_back();
    for (DerReader stamps(whole.take(der::sequence, "a time stamp chain")); !stamps.at_end();)
      chain.push_back(decode_time_stamp(stamps.take(der::sequence, "an archive time stamp")));
    if (chain.empty()) throw Error("a time stamp chain of the evidence record is empty");
  }
  if (record.chains.empty()) throw Error("the evidence record holds no time stamp");
  return record;
}

std::string encode_chains(const EvidenceRecord& record, std::size_t count) {
  std::string chains;
  for (std::size_t i = 0; i < count; ++i)
    chains += i < record.encoded.size() ? record.encoded[i] : encode_chain(record.chains[i]);
  return der_element(der::sequence, chains);
}

std::string encode(const EvidenceRecord& record) {
  std::string algorithms;
  for (const DigestAlgorithm algorithm : record.algorithms) algorithms += algorithm_identifier(algorithm);
  return der_element(der::sequence, der_integer(record.version) + der_element(der::sequence, algorithms) +
                                        encode_chains(record, record.chains.size()));
}

}  // namespace eakte::archive
