#pragma once
#include <filesystem>
#include <string>

namespace eakte::api {

/// Whether `name` may be that of a tenant: it is a directory and part of addresses.
bool is_tenant_name(const std::string& name);

/// Trains the type model a new tenant begins with. `training` empty: the sample texts, when they are there.
void install_first_model(const std::filesystem::path& directory, const std::filesystem::path& training);

/// The texts a tenant's model also learns from: its own, or the sample texts.
std::filesystem::path training_texts_of(const std::filesystem::path& directory);

}  // namespace eakte::api
