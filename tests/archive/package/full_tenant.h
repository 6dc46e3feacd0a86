#pragma once
#include "archive/installation_key.h"
#include "tests/archive/evidence/time_stamp_authority.h"
#include "tests/archive/tenant.h"

namespace eakte::archive {

/// A tenant with at least one row in every table that travels: a folder with a part, a batch of which one
/// document is elsewhere, a checked and sealed scan, disposal, destruction, a request for erasure, evidence.
class FullTenant {
public:
  FullTenant();

  testing::Tenant tenant;
  testing::TemporaryDirectory data;  ///< of the installation and of the time stamp authority
  InstallationKey key = InstallationKey::of(data.path());
  TimeStampAuthority authority{data.path()};
  FolderId whole;  ///< a folder ...
  FolderId part;   ///< ... with a part
  FolderId other;
  Document in_whole;
  Document in_part;
  Document batch_here;   ///< these two came in one batch, this one is in `part`, ...
  Document batch_there;  ///< ... this one in `other`

private:
  Document filed_in(const FolderId& folder, const std::string& bytes);
  Document part_of_batch(const FolderId& folder, const std::string& bytes);
  void check_scan();
  void dispose();
  void destroy();
  void restrict();
};

}  // namespace eakte::archive
