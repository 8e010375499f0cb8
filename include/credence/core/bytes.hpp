// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_BYTES_HPP
#define CREDENCE_CORE_BYTES_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <credence/core/accumulator.hpp>
#include <credence/core/crc32c.hpp>
#include <credence/core/detail/byte_codec.hpp>
#include <credence/core/error.hpp>
#include <credence/core/version.hpp>

// An accumulator as bytes: "CRDN", the format's version (16 bits), the type's name (length in 16 bits), the payload
// (length in 64 bits), and CRC-32C of all that. Everything is little-endian and of fixed width; the payload is the
// options and the state, field by field as `describe` lists them. What was written once can be read for ever.

namespace credence {
inline namespace CREDENCE_ABI {

/// Why bytes were refused.
enum class bytes_error : std::uint8_t {
  none,
  truncated,     ///< fewer bytes than they say they are, or more
  foreign,       ///< not written by credence
  damaged,       ///< the checksum differs
  newer_format,  ///< written by a later version of credence
  other_type,    ///< another accumulator's
  malformed      ///< the checksum is right, but what it says cannot be
};

/// What came of reading bytes: a value, or the reason why there is none.
template <class Type>
class parsed {
 public:
  explicit parsed(Type value) : value_(std::move(value)) {}
  parsed(bytes_error reason, std::string message) : reason_(reason), message_(std::move(message)) {}

  explicit operator bool() const { return value_.has_value(); }
  [[nodiscard]] bytes_error reason() const { return reason_; }
  /// A sentence about the reason; empty where there is a value.
  [[nodiscard]] std::string const& message() const { return message_; }
  /// Throws `credence::error` with the message where there is none.
  [[nodiscard]] Type const& value() const& {
    if (!value_) detail::raise(error(message_));
    return *value_;
  }
  [[nodiscard]] Type value() && {
    if (!value_) detail::raise(error(message_));
    return std::move(*value_);
  }
  Type const& operator*() const& { return value(); }
  Type operator*() && { return std::move(*this).value(); }  ///< by value: what is read at once must not dangle
  Type const* operator->() const {
    static_cast<void>(value());
    return value_.operator->();
  }

 private:
  std::optional<Type> value_;
  bytes_error reason_ = bytes_error::none;
  std::string message_;
};

namespace detail {

inline constexpr std::string_view bytes_magic = "CRDN";
inline constexpr std::uint16_t bytes_format = 1;

}  // namespace detail

/// The accumulator as bytes: equal accumulators of exact state give equal bytes on every machine. O(its size).
template <accumulator Accumulator>
[[nodiscard]] std::vector<std::byte> to_bytes(Accumulator const& from) {
  detail::byte_writer payload;
  payload.put_object(from);
  detail::byte_writer out;
  std::string const type = std::string(Accumulator::type_id());
  out.put_text(detail::bytes_magic);
  out.put_word(detail::bytes_format, 2);
  out.put_word(type.size(), 2);
  out.put_text(type);
  out.put_word(payload.bytes.size(), 8);
  out.bytes.insert(out.bytes.end(), payload.bytes.begin(), payload.bytes.end());
  out.put_word(crc32c(out.bytes), 4);
  return std::move(out.bytes);
}

/// Reads what `to_bytes` wrote, from anywhere: neither throws nor terminates for whatever it is given, and allocates no
/// more than a small multiple of it. Truncation, any flipped bit, another type, a newer format and states that could
/// not have come about are refused with a reason. O(bytes).
template <accumulator Accumulator>
[[nodiscard]] parsed<Accumulator> try_from_bytes(std::span<std::byte const> bytes) {
  auto const refused = [](bytes_error reason, std::string message) {
    return parsed<Accumulator>(reason, "credence: " + std::move(message));
  };
  detail::byte_reader in{bytes};
  std::string_view magic;
  if (!in.get_text(detail::bytes_magic.size(), magic) || magic != detail::bytes_magic)
    return refused(bytes_error::foreign, "these bytes were not written by credence");
  std::uint64_t format = 0;
  std::uint64_t type_size = 0;
  std::string_view type;
  std::uint64_t payload_size = 0;
  // The frame is the same in every format, so that damage is told from novelty.
  if (!in.get_word(2, format) || !in.get_word(2, type_size) || !in.get_text(type_size, type) ||
      !in.get_word(8, payload_size) || in.left.size() < 4 || payload_size != in.left.size() - 4)
    return refused(bytes_error::truncated, "these bytes are not as long as they say");
  detail::byte_reader ending{bytes.last(4)};
  std::uint64_t checksum = 0;
  if (!ending.get_word(4, checksum) || checksum != crc32c(bytes.first(bytes.size() - 4)))
    return refused(bytes_error::damaged, "these bytes are damaged: their checksum differs");
  if (format == 0) return refused(bytes_error::malformed, "these bytes claim format 0, which there never was");
  if (format > detail::bytes_format)
    return refused(bytes_error::newer_format, "these bytes need a credence that reads format " +
                                                  std::to_string(format) + "; this one reads up to " +
                                                  std::to_string(detail::bytes_format));
  if (std::string_view(Accumulator::type_id()) != type)
    return refused(bytes_error::other_type, "these bytes hold " + detail::shown(type) + ", not " +
                                                detail::shown(std::string_view(Accumulator::type_id())));
  in.left = in.left.first(static_cast<std::size_t>(payload_size));
  Accumulator read;
  if (!in.get_object(read) || !in.left.empty() || !read.valid())
    return refused(bytes_error::malformed, "these bytes hold a state that no samples lead to");
  return parsed<Accumulator>(std::move(read));
}

/// The same for bytes that are known to be good: throws `credence::error` where `try_from_bytes` gives a reason.
template <accumulator Accumulator>
[[nodiscard]] Accumulator from_bytes(std::span<std::byte const> bytes) {
  return try_from_bytes<Accumulator>(bytes).value();  // moved from the temporary
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
