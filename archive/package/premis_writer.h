#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "archive/package/bag_writer.h"

namespace eakte::archive {

/// A file as PREMIS tells of it.
struct PremisFile {
  std::string id;  ///< unique in the package
  std::string sha256;
  std::uint64_t size = 0;
  std::string media_type;
  std::string format_id;  ///< PUID, may be empty
  std::string original_name;
};

/// Something that happened to files (PREMIS 3, eventType of the Library of Congress's vocabulary).
struct PremisEvent {
  std::string_view type;  ///< "ingestion", "format identification", ...
  std::string at;
  std::string detail;
  std::string outcome;
  std::vector<std::string> objects;  ///< ids of files
  std::string agent;                 ///< "eakte 0.1.0", or the name of an account
};

/// Writes a PREMIS 3 file piece by piece; only the names of agents are held in memory.
class PremisWriter {
public:
  /// `program`: the agent that stands for us.
  PremisWriter(BagWriter& bag, std::string path, std::string program);
  void add(const PremisFile& file);
  void add(const PremisEvent& event);
  PackedFile finish();

private:
  BagWriter& bag_;
  std::string path_;
  std::string program_;
  GrowingText objects_;
  GrowingText events_;
  std::vector<std::string> agents_;
  std::int64_t last_event_ = 0;
};

}  // namespace eakte::archive
