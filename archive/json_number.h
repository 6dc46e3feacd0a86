#pragma once
#include <concepts>
#include <cstdint>
#include <string>
#include <utility>

namespace eakte::archive {

/// A whole number out of JSON that somebody else has written. The library's own get() also takes 1e300 and
/// casts it, which is undefined ([conv.fpint]), and cuts off what is too large. Throws Json's type_error or
/// out_of_range. `Json` is a nlohmann::basic_json.
template <std::integral Integer, class Json>
Integer whole_number(const Json& value) {
  if (!value.is_number_integer())
    throw Json::type_error::create(302, "a whole number is wanted, not a " + std::string(value.type_name()),
                                   &value);
  const bool fits = value.is_number_unsigned() ? std::in_range<Integer>(value.template get<std::uint64_t>())
                                               : std::in_range<Integer>(value.template get<std::int64_t>());
  if (!fits) throw Json::out_of_range::create(401, "a whole number is out of range", &value);
  return value.template get<Integer>();
}

}  // namespace eakte::archive
