#pragma once
#include <string>

namespace eakte::archive {

/// The form of a value in XMP.
enum class XmpForm {
  unknown,
  text,
  date,
  integer,
  real,
  boolean,
  rational,
  language,
  sequence,
  bag,
  alternative,
  structure,
  dates
};

/// The form of a property of the schemas that PDF/A-2 predefines; `unknown` for all others.
XmpForm predefined_form(const std::string& space, const std::string& property);

}  // namespace eakte::archive
