#include "api/config.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <functional>
#include <limits>
#include <map>
#include <sstream>

#include "archive/folder_structure.h"

namespace eakte::api {
namespace {

using Setter = std::function<void(const toml::node&)>;
using Keys = std::map<std::string, Setter, std::less<>>;

[[noreturn]] void fail(const std::filesystem::path& file, const toml::source_region& where,
                       std::string_view what) {
  throw Error(fmt::format("{}:{}: {}", file.string(), where.begin.line, what));
}

/// Why a value does not fit; the place is added where the key is known.
struct Unfit : std::runtime_error {
  using std::runtime_error::runtime_error;
};

Setter text(std::string& target) {
  return [&target](const toml::node& node) {
    const auto value = node.value<std::string>();
    if (!value || !node.is_string()) throw Unfit("a text is expected");
    target = *value;
  };
}

/// A directory that is there; empty: none.
Setter directory(std::string& target) {
  return [&target](const toml::node& node) {
    std::string path;
    text(path)(node);
    if (!path.empty() && !std::filesystem::is_directory(path)) throw Unfit("there is no such directory");
    target = path;
  };
}

Setter path(std::filesystem::path& target) {
  return [&target](const toml::node& node) {
    std::string name;
    text(name)(node);
    target = name;
  };
}

Setter flag(bool& target) {
  return [&target](const toml::node& node) {
    const auto value = node.value<bool>();
    if (!value || !node.is_boolean()) throw Unfit("true or false is expected");
    target = *value;
  };
}

Setter texts(std::vector<std::string>& target) {
  return [&target](const toml::node& node) {
    const toml::array* array = node.as_array();
    if (array == nullptr) throw Unfit("a list of texts is expected");
    std::vector<std::string> values;
    for (const toml::node& element : *array) {
      const auto value = element.value<std::string>();
      if (!value || !element.is_string() || value->empty()) throw Unfit("a list of texts is expected");
      values.push_back(*value);
    }
    target = values;
  };
}

/// Names of hosts, without scheme and port.
Setter host_names(std::vector<std::string>& target) {
  return [&target](const toml::node& node) {
    std::vector<std::string> names;
    texts(names)(node);
    for (const std::string& name : names) {
      if (name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") != std::string::npos)
        throw Unfit("names of hosts are expected, in small letters, without https:// and port");
    }
    target = names;
  };
}

/// Names of patch codes, one character each.
Setter patches(std::string& target) {
  return [&target](const toml::node& node) {
    std::string names;
    text(names)(node);
    if (names.find_first_not_of("12346T") != std::string::npos)
      throw Unfit("some of the patch codes 1, 2, 3, 4, 6, T are expected, as in \"23\"");
    target = names;
  };
}

template <class Number>
Setter number(Number& target, std::int64_t least, std::int64_t most) {
  return [&target, least, most](const toml::node& node) {
    const auto value = node.value<std::int64_t>();
    if (!value || !node.is_integer()) throw Unfit("a whole number is expected");
    if (*value < least || *value > most)
      throw Unfit(fmt::format("between {} and {} is possible", least, most));
    target = static_cast<Number>(*value);
  };
}

Setter share(double& target) {
  return [&target](const toml::node& node) {
    const auto value = node.value<double>();
    if (!value || *value < 0 || *value > 1) throw Unfit("a number from 0 to 1 is expected");
    target = *value;
  };
}

Setter milliseconds(std::chrono::milliseconds& target) {
  return [&target](const toml::node& node) {
    std::int64_t count = 0;
    number(count, 0, 86'400'000)(node);
    target = std::chrono::milliseconds(count);
  };
}

/// One of a few words; `named` gives the value of a word or nothing.
template <class Target, class Named>
Setter word(Target& target, Named named, std::string_view possible) {
  return [&target, named, possible](const toml::node& node) {
    const auto value = node.value<std::string>();
    const auto found = value && node.is_string() ? named(*value) : std::nullopt;
    if (!found) throw Unfit(fmt::format("one of {} is expected", possible));
    target = *found;
  };
}

/// A template of references.
template <class Target>
Setter reference(Target& target) {
  return [&target](const toml::node& node) {
    std::string given;
    text(given)(node);
    try {
      archive::require_reference_template(given);
    } catch (const archive::Error& error) {
      throw Unfit(error.what());
    }
    target = given;
  };
}

/// The keys of `[archive]`, and of a tenant's own table.
template <class Pictures, class Level>
Keys archive_keys(Pictures& pictures, Level& level) {
  return {{"pictures", word(pictures, archive::picture_choice_named, "lossless, faithful, compact")},
          {"pdfa", word(level, archive::pdfa_level_named, "2u, 3u")}};
}

/// Who offers to whom, in `[xdomea]` and in a tenant's own table.
Keys disposal_keys(DisposalConfig& disposal) {
  return {{"authority", text(disposal.authority)},
          {"authority_unit", text(disposal.authority_unit)},
          {"authority_code", text(disposal.authority_code)},
          {"archive", text(disposal.archive)},
          {"archive_code", text(disposal.archive_code)}};
}

std::map<std::string, Keys, std::less<>> sections_of(Config& config) {
  constexpr std::int64_t large = std::numeric_limits<std::int64_t>::max();
  Keys archive = archive_keys(config.processor.archive_file.pictures, config.processor.archive_file.level);
  archive.emplace("reference", reference(config.reference));
  archive.emplace("verapdf", text(config.processor.verapdf));
  Keys xdomea = disposal_keys(config.disposal);
  xdomea.emplace("schemas", text(config.xdomea_schemas));
  return {
      {"service",
       {{"listen", text(config.listen)},
        {"default_tenant", text(config.default_tenant)},
        {"max_upload_bytes", number(config.max_upload_bytes, 1, large)}}},
      {"server",
       {{"certificate", path(config.certificate)},
        {"key", path(config.key)},
        {"names", host_names(config.host_names)}}},
      {"accounts", {{"waiting_days", number(config.waiting_days, 1, 365)}}},
      {"ocr",
       {{"languages", text(config.upload_languages)}, {"best_models", directory(config.worker.best_models)}}},
      {"worker",
       {{"processes", number(config.worker.processes, 0, 1024)},
        {"memory_bytes", number(config.worker.memory_bytes, 100'000'000, large)},
        {"cpu_seconds_per_page", number(config.worker.cpu_seconds_per_page, 1, 86'400)},
        {"wall_seconds_per_page", number(config.worker.wall_seconds_per_page, 1, 86'400)}}},
      {"office",
       {{"program", text(config.worker.office_program)},
        {"seconds", number(config.worker.office_seconds, 1, 86'400)}}},
      {"formats", {{"pronom", directory(config.worker.pronom)}}},
      {"limits",
       {{"pixels_per_page", number(config.processor.limits.pixels_per_page, 1'000'000, 2'000'000'000)},
        {"pages", number(config.processor.limits.pages, 1, 100'000)},
        {"archive_members", number(config.processor.limits.archive_members, 1, 10'000'000)},
        {"archive_bytes", number(config.processor.limits.archive_bytes, 1, large)},
        {"archive_ratio", number(config.processor.limits.archive_ratio, 1, 1'000'000)},
        {"archive_depth", number(config.processor.limits.archive_depth, 0, 100)}}},
      {"archive", std::move(archive)},
      {"xdomea", std::move(xdomea)},
      {"review",
       {{"below", share(config.processor.review_below)}, {"page_below", share(config.processor.page_below)}}},
      {"separators",
       {{"split", flag(config.processor.separators.split)},
        {"sheet_patches", patches(config.processor.separators.sheet_patches)},
        {"first_page_patches", patches(config.processor.separators.first_page_patches)},
        {"sheet_texts", texts(config.processor.separators.sheet_texts)},
        {"first_page_texts", texts(config.processor.separators.first_page_texts)},
        {"number_prefix", text(config.processor.separators.number_prefix)}}},
      {"classify", {{"retrain_after", number(config.processor.retrain_after, 0, 1'000'000)}}},
      {"evidence",
       {{"tsa", text(config.evidence.tsa)}, {"tsa_certificates", text(config.evidence.tsa_certificates)}}},
      {"scan",
       {{"sample_rate", share(config.scan.sample_rate)},
        {"procedure", text(config.scan.procedure)},
        {"profile", text(config.scan.profile)}}},
      {"fixity",
       {{"bytes_per_second", number(config.fixity.bytes_per_second, 0, large)},
        {"round_days", number(config.fixity.round_days, 1, 45)},
        {"sample", share(config.fixity.sample)}}},
      {"destruction",
       {{"quarantine_days", number(config.destruction.quarantine_days, 1, 3650)},
        {"backups_kept_days", number(config.destruction.backups_kept_days, 0, 36'500)},
        {"log_copies", texts(config.destruction.log_copies)}}},
      {"inbox",
       {{"settle_milliseconds", milliseconds(config.inbox.settle)},
        {"settle_empty_milliseconds", milliseconds(config.inbox.settle_empty)},
        {"rescan_milliseconds", milliseconds(config.inbox.rescan)},
        {"languages", text(config.inbox.languages)}}},
  };
}

void read_keys(const std::filesystem::path& file, const toml::table& table, const Keys& keys) {
  for (const auto& [key, node] : table) {
    const auto setter = keys.find(key.str());
    if (setter == keys.end()) fail(file, node.source(), fmt::format("unknown key {}", key.str()));
    try {
      setter->second(node);
    } catch (const Unfit& unfit) {
      fail(file, node.source(), fmt::format("{}: {}", key.str(), unfit.what()));
    }
  }
}

/// `[tenant.NAME]` for each tenant that wants something else.
void read_tenants(const std::filesystem::path& file, const toml::node& node, Config& config) {
  const toml::table* tenants = node.as_table();
  if (tenants == nullptr) fail(file, node.source(), "a table for each tenant is expected: [tenant.NAME]");
  for (const auto& [name, tenant] : *tenants) {
    const toml::table* table = tenant.as_table();
    if (table == nullptr) fail(file, tenant.source(), "a table is expected: [tenant.NAME]");
    TenantConfig& own = config.tenants[std::string(name.str())];
    Keys keys = archive_keys(own.pictures, own.pdfa);
    keys.merge(disposal_keys(own.disposal));
    int quarantine_days = -1;
    int waiting_days = -1;
    keys.emplace("quarantine_days", number(quarantine_days, 0, 3650));
    keys.emplace("waiting_days", number(waiting_days, 0, 365));
    keys.emplace("reference", reference(own.reference));
    keys.emplace("trial", flag(own.trial));
    read_keys(file, *table, keys);
    for (const auto& [key, days] :
         {std::pair("quarantine_days", quarantine_days), {"waiting_days", waiting_days}}) {
      if (days == 0 && !own.trial)
        fail(file, table->at(key).source(),
             fmt::format("{}: at least 1; 0 only for a tenant with trial = true", key));
    }
    if (quarantine_days >= 0) own.quarantine_days = quarantine_days;
    if (waiting_days >= 0) own.waiting_days = waiting_days;
  }
}

toml::table parsed(const std::filesystem::path& file) {
  try {
    return toml::parse_file(file.string());
  } catch (const toml::parse_error& error) {
    fail(file, error.source(), error.description());
  }
}

void add_settings(const toml::table& table, const std::string& prefix,
                  std::map<std::string, std::string>& settings) {
  for (const auto& [key, node] : table) {
    const std::string name = prefix + std::string(key.str());
    if (const toml::table* inner = node.as_table()) {
      add_settings(*inner, name + ".", settings);
    } else {
      std::ostringstream value;
      node.visit([&value](const auto& one) { value << one; });
      settings[name] = value.str();
    }
  }
}

}  // namespace

std::string reference_template_of(const Config& config, const std::string& tenant) {
  const auto own = config.tenants.find(tenant);
  return own == config.tenants.end() ? config.reference : own->second.reference.value_or(config.reference);
}

archive::ArchiveFileChoice archive_file_of(const Config& config, const std::string& tenant) {
  archive::ArchiveFileChoice choice = config.processor.archive_file;
  const auto own = config.tenants.find(tenant);
  if (own == config.tenants.end()) return choice;
  choice.pictures = own->second.pictures.value_or(choice.pictures);
  choice.level = own->second.pdfa.value_or(choice.level);
  return choice;
}

std::map<std::string, std::string> settings_in(const std::filesystem::path& file) {
  std::map<std::string, std::string> settings;
  if (std::filesystem::exists(file)) add_settings(parsed(file), "", settings);
  return settings;
}

archive::DisposalParties disposal_parties_of(const Config& config, const std::string& tenant) {
  DisposalConfig parties = config.disposal;
  if (const auto own = config.tenants.find(tenant); own != config.tenants.end()) {
    const auto prefer = [&](std::string DisposalConfig::*field) {
      const std::string& wanted = own->second.disposal.*field;
      if (!wanted.empty()) parties.*field = wanted;
    };
    prefer(&DisposalConfig::authority);
    prefer(&DisposalConfig::authority_unit);
    prefer(&DisposalConfig::authority_code);
    prefer(&DisposalConfig::archive);
    prefer(&DisposalConfig::archive_code);
  }
  return {.authority = {parties.authority, parties.authority_unit, parties.authority_code},
          .archive = {parties.archive, "", parties.archive_code},
          .system = "eakte " EAKTE_VERSION,
          .schemas = config.xdomea_schemas};
}

bool is_on_trial(const Config& config, const std::string& tenant) {
  const auto own = config.tenants.find(tenant);
  return own != config.tenants.end() && own->second.trial;
}

int quarantine_days_of(const Config& config, const std::string& tenant) {
  const auto own = config.tenants.find(tenant);
  const bool differs = own != config.tenants.end() && own->second.quarantine_days;
  return differs ? *own->second.quarantine_days : config.destruction.quarantine_days;
}

int waiting_days_of(const Config& config, const std::string& tenant) {
  const auto own = config.tenants.find(tenant);
  const bool differs = own != config.tenants.end() && own->second.waiting_days;
  return differs ? *own->second.waiting_days : config.waiting_days;
}

Config read_config(const std::filesystem::path& file) {
  Config config;
  if (!std::filesystem::exists(file)) return config;
  const toml::table table = parsed(file);
  const auto sections = sections_of(config);
  for (const auto& [section_name, section_node] : table) {
    if (section_name.str() == "tenant") {
      read_tenants(file, section_node, config);
      continue;
    }
    const auto section = sections.find(section_name.str());
    const toml::table* keys = section_node.as_table();
    if (section == sections.end() || keys == nullptr) {
      fail(file, section_node.source(), fmt::format("unknown section [{}]", section_name.str()));
    }
    read_keys(file, *keys, section->second);
  }
  // Beside eakte.toml, unless they say otherwise.
  if (!config.certificate.empty()) config.certificate = file.parent_path() / config.certificate;
  if (!config.key.empty()) config.key = file.parent_path() / config.key;
  config.worker.languages = config.upload_languages;
  config.inbox.max_bytes = config.max_upload_bytes;
  return config;
}

}  // namespace eakte::api
