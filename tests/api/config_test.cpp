#include "api/config.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/temporary_directory.h"

namespace eakte::api {
namespace {

class ConfigFile : public ::testing::Test {
protected:
  std::filesystem::path written(const std::string& text) {
    std::ofstream(directory_.path() / "eakte.toml") << text;
    return directory_.path() / "eakte.toml";
  }
  eakte::testing::TemporaryDirectory directory_;
};

TEST_F(ConfigFile, GivesTheDefaultsWhenThereIsNone) {
  EXPECT_EQ(read_config(directory_.path() / "eakte.toml").listen, "127.0.0.1:8080");
}

TEST_F(ConfigFile, SetsWhatItNames) {
  const Config config =
      read_config(written("[service]\nlisten = \"127.0.0.1:9000\"\n[ocr]\nlanguages = "
                          "\"deu\"\n[limits]\npages = 12\n[review]\nbelow = 0.75\n"
                          "[classify]\nretrain_after = 40\n"
                          "[inbox]\nsettle_milliseconds = 250\n"));
  EXPECT_EQ(config.listen, "127.0.0.1:9000");
  EXPECT_EQ(config.worker.languages, "deu");
  EXPECT_EQ(config.processor.limits.pages, 12);
  EXPECT_EQ(config.processor.review_below, 0.75);
  EXPECT_EQ(config.processor.retrain_after, 40);
  EXPECT_EQ(config.inbox.settle, std::chrono::milliseconds(250));
}

TEST_F(ConfigFile, NamesADirectoryOfLargerModelsThatIsThere) {
  const std::string there = directory_.path().string();
  EXPECT_EQ(read_config(written("[ocr]\nbest_models = \"" + there + "\"\n")).worker.best_models, there);
  EXPECT_THROW(read_config(written("[ocr]\nbest_models = \"" + there + "/none\"\n")), Error);
}

TEST_F(ConfigFile, OnlyATenantOfTrialGoesWithoutQuarantine) {
  EXPECT_THROW(read_config(written("[destruction]\nquarantine_days = 0\n")), Error);
  EXPECT_THROW(read_config(written("[tenant.stadt]\nquarantine_days = 0\n")), Error);
  const Config config = read_config(
      written("[destruction]\nquarantine_days = 1\n[tenant.probe]\nquarantine_days = 0\ntrial = true\n"));
  EXPECT_EQ(quarantine_days_of(config, "probe"), 0);
  EXPECT_EQ(quarantine_days_of(config, "stadt"), 1);
  EXPECT_THROW(read_config(written("[accounts]\nwaiting_days = 0\n")), Error);
  EXPECT_THROW(read_config(written("[tenant.stadt]\nwaiting_days = 0\n")), Error);
  const Config waiting =
      read_config(written("[accounts]\nwaiting_days = 3\n[tenant.probe]\nwaiting_days = 0\ntrial = true\n"));
  EXPECT_EQ(waiting_days_of(waiting, "probe"), 0);
  EXPECT_EQ(waiting_days_of(waiting, "stadt"), 3);
  EXPECT_TRUE(is_on_trial(config, "probe"));
  EXPECT_FALSE(is_on_trial(config, "stadt"));
}

TEST_F(ConfigFile, LetsEachTenantHaveItsArchiveFilesAsItWants) {
  const Config config =
      read_config(written("[tenant.bauamt]\npictures = \"compact\"\n[archive]\npictures = \"lossless\"\n"
                          "pdfa = \"3u\"\n[tenant.kaemmerei]\npdfa = \"2u\"\n"));
  const auto of = [&](const char* tenant) {
    const archive::ArchiveFileChoice choice = archive_file_of(config, tenant);
    return std::string(name_of(choice.pictures)) + " " + std::string(name_of(choice.level));
  };
  EXPECT_EQ(of("bauamt"), "compact 3u");
  EXPECT_EQ(of("kaemmerei"), "lossless 2u");
  EXPECT_EQ(of("hauptamt"), "lossless 3u");
}

TEST_F(ConfigFile, NamesFileAndLineOfWhatItDoesNotUnderstand) {
  const std::pair<std::string, std::string> cases[] = {
      {"[service]\nlissten = \"x\"\n", ":2: unknown key lissten"},
      {"[dienst]\n", ":1: unknown section [dienst]"},
      {"[limits]\n\npages = \"viele\"\n", ":3: pages: a whole number is expected"},
      {"[limits]\npages = 0\n", ":2: pages: between 1 and 100000 is possible"},
      {"[archive]\npictures = \"klein\"\n", ":2: pictures: one of lossless, faithful, compact is expected"},
      {"[tenant.bauamt]\nbilder = \"klein\"\n", ":2: unknown key bilder"},
      {"tenant = 3\n", ":1: a table for each tenant is expected"},
      {"[review]\nbelow = 2.0\n", ":2: below: a number from 0 to 1 is expected"},
  };
  for (const auto& [text, message] : cases) {
    try {
      read_config(written(text));
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find(message), std::string::npos) << error.what();
    }
  }
  EXPECT_THROW(read_config(written("[service\n")), Error);
}

}  // namespace
}  // namespace eakte::api
