#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "archive/package/bag_writer.h"

namespace eakte::archive {

/// What stands at the head of every METS file of a package.
struct MetsHead {
  std::string object_id;  ///< OBJID
  std::string label;
  std::string created;  ///< instant
  std::string program;  ///< "eakte 0.1.0"
};

/// What metadata is, in METS's words.
struct MetadataKind {
  std::string_view type;        ///< MDTYPE
  std::string_view other_type;  ///< OTHERMDTYPE; empty: none
  std::string_view media_type;
};

/// Writes a METS file (1.12) by CSIP 2.2.0 piece by piece; nothing is held in memory but names.
class MetsWriter {
public:
  /// `directory`: that of the METS file in the bag, "data/eakte-x"; what it names lies below.
  MetsWriter(BagWriter& bag, std::string directory, MetsHead head);

  /// Descriptive metadata (dmdSec); returns its id.
  std::string add_description(const PackedFile& file, const MetadataKind& kind, const std::string& created);
  /// Evidence of what happened (amdSec, digiprovMD).
  void add_provenance(const PackedFile& file, const MetadataKind& kind, const std::string& created);
  /// A file of a group: "Data", "Documentation", "Representations/original". `description`: id of its
  /// metadata.
  void add_file(const std::string& group, const PackedFile& file, std::string_view media_type,
                const std::string& created, const std::string& description = {});
  /// A representation with a METS of its own; it becomes a group as well.
  void add_representation(const std::string& name, const PackedFile& mets, const std::string& created);

  PackedFile finish();

private:
  struct Group {
    std::string id;
    GrowingText files;
  };
  std::string next_id();
  std::string relative(const PackedFile& file) const;
  Group& group(const std::string& use);
  void write_files(BagFile& mets) const;
  void write_structure(BagFile& mets);

  BagWriter& bag_;
  std::string directory_;
  MetsHead head_;
  GrowingText descriptions_;
  GrowingText provenance_;
  std::vector<std::string> first_descriptions_;  ///< named in the division Metadata, when there are few
  std::vector<std::string> provenance_ids_;
  std::map<std::string, Group> groups_;
  std::vector<std::pair<std::string, std::string>> pointers_;  ///< name and METS file of representations
  int last_id_ = 0;
};

}  // namespace eakte::archive
