// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include "portability/digest.hpp"

#include <credence/core/real.hpp>
#include <cstdint>
#include <cstdio>

namespace portability {

namespace {

// Seventeen digits give the bits back; how a NaN is written differs between machines.
std::string text_of(double value) {
  if (credence::is_nan(value)) return "nan";
  char text[40];
  std::snprintf(text, sizeof text, "%.17g", value);
  return text;
}

}  // namespace

void digest::exact_text(std::string name, std::string_view value) {
  lines_.push_back({measure::exact, 0, std::move(name), std::string(value)});
}
void digest::exact_real(std::string name, double value) { exact_text(std::move(name), text_of(value)); }

void digest::exact_bytes(std::string const& name, std::string_view bytes) {
  std::uint64_t hash = 0xcbf2'9ce4'8422'2325U;  // FNV-1a: not what the library itself checks its bytes with
  for (char const letter : bytes) hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100'0000'01b3U;
  exact_text(name + ".bytes", std::to_string(bytes.size()));
  exact_text(name + ".bytes_hash", std::to_string(hash));
}
void digest::exact_bytes(std::string const& name, std::vector<std::byte> const& bytes) {
  exact_bytes(name, std::string_view(reinterpret_cast<char const*>(bytes.data()), bytes.size()));
}

void digest::real(std::string name, double value, double within) {
  lines_.push_back({measure::real, within, std::move(name), text_of(value)});
}
void digest::relative(std::string name, double value, double within) {
  lines_.push_back({measure::relative, within, std::move(name), text_of(value)});
}

std::size_t digest::enter(std::string_view name) {
  std::size_t const outside = path_.size();
  if (outside != 0) path_ += '.';
  path_ += name;
  return outside;
}
void digest::leave(std::size_t outside) { path_.resize(outside); }
void digest::put_real(double value, double within) { real(path_, value, within); }
void digest::put_signed(std::int64_t value) { put_text(std::to_string(value)); }
void digest::put_unsigned(std::uint64_t value) { put_text(std::to_string(value)); }
void digest::put_text(std::string_view value) { exact_text(path_, value); }

}  // namespace portability
