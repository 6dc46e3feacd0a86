#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <vector>

#include "api/commands/commands.h"
#include "api/commands/first_model.h"
#include "api/data_directory.h"
#include "api/error.h"
#include "archive/installation_key.h"
#include "ingest/learning.h"

namespace eakte::api {
namespace {

namespace fs = std::filesystem;

std::string contents_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw Error(fmt::format("{} lässt sich nicht lesen.", file.string()));
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream stream(line);
  for (std::string field; std::getline(stream, field, '\t');) fields.push_back(field);
  return fields;
}

/// One line per case or folder: number in the file plan, reference and title of the folder, and, where the
/// line is about a case, its reference and title. '#' begins a comment.
void add_folders(archive::Archive& archive, const fs::path& file) {
  std::istringstream stream(contents_of(file));
  int number = 0;
  for (std::string line; std::getline(stream, line);) {
    ++number;
    if (line.empty() || line.front() == '#') continue;
    const std::vector<std::string> fields = fields_of(line);
    if (fields.size() != 3 && fields.size() != 5) {
      throw Error(
          fmt::format("{}:{}: erwartet werden 3 oder 5 Felder, durch Tab getrennt", file.string(), number));
    }
    const auto known = archive.folder_by_reference(fields[1]);
    const archive::FolderId folder =
        known ? known->id : archive.add_folder(fields[0], fields[1], fields[2], "cli");
    if (fields.size() == 5) archive.add_case(folder, fields[3], fields[4], "cli");
  }
}

}  // namespace

bool is_tenant_name(const std::string& name) {
  return !name.empty() && name.size() <= 40 && name.front() != '-' && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

void install_first_model(const fs::path& directory, const fs::path& training) {
  const fs::path texts = training.empty() ? fs::path(EAKTE_SAMPLES) / "training.tsv" : training;
  if (!fs::exists(texts)) return;
  archive::Archive archive(directory);
  ingest::install_model(archive, ingest::TypeModel::train(ingest::read_training_texts(texts)), "cli");
  // Kept with the tenant, so that later trainings know these types too.
  fs::copy_file(texts, directory / "training.tsv");
}

int run_init(const InitOptions& options) {
  const std::string tenant = options.tenant.empty() ? "musterstadt" : options.tenant;
  if (!is_tenant_name(tenant)) {
    throw Error("Der Name eines Mandanten besteht aus Kleinbuchstaben, Ziffern und Bindestrichen.");
  }
  const fs::path plan_file =
      options.file_plan.empty() ? fs::path(EAKTE_SAMPLES) / "file_plan.yaml" : options.file_plan;
  const std::string plan = contents_of(plan_file);
  const fs::path directory = tenant_directory(options.data, tenant);
  fs::create_directories(options.data / "tenants");
  archive::Archive::create(directory, tenant, plan);
  archive::InstallationKey::of(options.data);
  if (!options.folders.empty()) {
    archive::Archive archive(directory);
    add_folders(archive, options.folders);
  }
  install_first_model(directory, options.training);
  if (options.form == OutputForm::json) {
    fmt::print("{{\"tenant\":\"{}\",\"directory\":\"{}\"}}\n", tenant, directory.string());
  } else {
    fmt::print("Mandant {} angelegt in {}\n", tenant, directory.string());
  }
  return 0;
}

}  // namespace eakte::api
