#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace eakte::api {

/// How results are printed: for people, or one JSON object per line.
enum class OutputForm { text, json };

struct DataOptions {
  std::filesystem::path data;
  std::string tenant;  ///< empty: the default one
  OutputForm form = OutputForm::text;
  std::string as;                       ///< name of the acting account; see actor.h
  std::filesystem::path password_file;  ///< of its password; empty: asked for at the terminal
};

// Each runs one subcommand and returns its exit status; failures that end the command are thrown.

struct InitOptions : DataOptions {
  std::filesystem::path file_plan;  ///< empty: the sample plan
  std::filesystem::path folders;    ///< folders and cases to begin with; empty: none
  std::filesystem::path training;   ///< empty: the sample texts
};
int run_init(const InitOptions& options);

struct ServeOptions : DataOptions {
  std::string listen;         ///< empty: as configured
  std::filesystem::path web;  ///< empty: where it was built or installed
};
int run_serve(const ServeOptions& options);

struct IngestOptions : DataOptions {
  bool wait = false;
  std::string languages;  ///< empty: as configured
  std::vector<std::filesystem::path> files;
};
int run_ingest(const IngestOptions& options);

struct JoinOptions : DataOptions {
  std::string intake;
};
/// Files a split batch as one document again.
int run_join(const JoinOptions& options);

struct ConvertOptions {
  std::vector<std::filesystem::path> inputs;
  std::filesystem::path output;
  std::filesystem::path text;
  std::filesystem::path words;
  std::string languages = "deu+eng";
  std::string best_models = {};  ///< directory of larger models for a second look; empty: none
  int jobs = 0;                  ///< 0: one per core
  std::string pictures = "faithful";
  std::string pdfa = "2u";
  OutputForm form = OutputForm::text;
};
int run_convert(const ConvertOptions& options);

struct SearchOptions : DataOptions {
  std::string query;
  std::vector<std::string> filters;
  std::string sort = "relevance";
  int offset = 0;
  int limit = 20;
};
int run_search(const SearchOptions& options);

struct DocumentOptions : DataOptions {
  std::string document;
  std::string rendition = "pdfa";
  std::filesystem::path output;  ///< empty or "-": standard output
};
int run_show(const DocumentOptions& options);
int run_get(const DocumentOptions& options);

/// What a person says about a document; what is not given stays as it is.
struct ConfirmOptions : DataOptions {
  std::string document;
  std::optional<std::string> title;
  std::optional<std::string> document_type;
  std::optional<std::string> sender;
  std::optional<std::string> recipient;
  std::optional<std::string> reference;
  std::optional<std::string> document_date;  ///< ISO; empty: unknown
  std::optional<std::string> plan_entry;
};
int run_confirm(const ConfirmOptions& options);

struct ClassifyOptions : DataOptions {
  bool automatic = false;          ///< train: started by the service
  std::filesystem::path file;      ///< test: texts with their types
  std::filesystem::path training;  ///< test: texts to learn from; empty: see `eakte classify test --help`
};
int run_classify_train(const ClassifyOptions& options);
int run_classify_report(const ClassifyOptions& options);
int run_classify_test(const ClassifyOptions& options);

struct VerifyOptions : DataOptions {
  bool repair_index = false;
};
int run_verify(const VerifyOptions& options);
int run_reindex(const DataOptions& options);

}  // namespace eakte::api
