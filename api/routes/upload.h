#pragma once
#include <memory>
#include <string>
#include <vector>

#include "api/http/body_sink.h"
#include "api/http/multipart.h"
#include "api/routes/routes.h"

namespace eakte::api {

/// Files on their way into the queue, from a raw body or a form. Bytes go to staged objects as they come;
/// they are taken in only when the whole body is there, so that a broken upload leaves nothing.
class Upload : public BodySink {
public:
  /// Throws Problem for a form without boundary, a language or key of the wrong form.
  Upload(const Application& application, const Request& request);
  void append(std::string_view bytes) override;
  Response answer() override;

private:
  struct File {
    std::string name;  ///< fit for display
    archive::StagedObject bytes;
  };
  static constexpr std::size_t max_files = 100;

  void begin_file(std::string_view name);
  void append_to_file(std::string_view bytes);

  const Application& application_;
  Tenant& tenant_;
  ingest::NewIntake about_;
  std::vector<File> files_;
  std::unique_ptr<MultipartParser> form_;  ///< none for a raw body
  bool in_file_ = false;
};

}  // namespace eakte::api
