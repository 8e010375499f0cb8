// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// Whatever the bytes, try_from_bytes neither throws nor crashes; and what it accepts is a state that can be asked,
// merged and written again as the very same bytes. The first byte chooses what is read, and whether the rest is all of
// it or only a payload that is framed here with the right header and checksum: without that, no fuzzer would get past
// the checksum.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/bytes.hpp>
#include <credence/core/grouped.hpp>
#include <credence/core/sharded.hpp>
#include <credence/core/tee.hpp>
#include <credence/inference/mean.hpp>
#include <credence/survey/csat.hpp>
#include <credence/survey/nps.hpp>
#include <credence/survey/share.hpp>

namespace {

using both_accumulator = credence::tee_accumulator<credence::nps_accumulator, credence::csat_accumulator>;
using key = std::pair<std::string, std::optional<std::int8_t>>;

void must(bool const holds) {
  if (!holds) std::abort();
}

std::vector<std::byte> framed(std::string_view const type, std::span<std::byte const> const payload) {
  credence::detail::byte_writer out;
  out.put_text("CRDN");
  out.put_word(1, 2);
  out.put_word(type.size(), 2);
  out.put_text(type);
  out.put_word(payload.size(), 8);
  out.bytes.insert(out.bytes.end(), payload.begin(), payload.end());
  out.put_word(credence::crc32c(out.bytes), 4);
  return std::move(out.bytes);
}

template <class Accumulator>
void read(std::span<std::byte const> const bytes) {
  credence::parsed<Accumulator> const parsed = credence::try_from_bytes<Accumulator>(bytes);
  must(static_cast<bool>(parsed) == (parsed.reason() == credence::bytes_error::none));
  must(static_cast<bool>(parsed) == parsed.message().empty());
  if (!parsed) return;
  Accumulator const& accepted = *parsed;
  must(accepted.valid());
  std::vector<std::byte> const again = credence::to_bytes(accepted);
  must(std::string_view(reinterpret_cast<char const*>(again.data()), again.size()) ==
       std::string_view(reinterpret_cast<char const*>(bytes.data()), bytes.size()));
  (void)accepted.result();
  Accumulator merged = accepted;
  // The labels of shards are there to refuse just this.
  if constexpr (!std::is_same_v<Accumulator, credence::sharded<both_accumulator>>) merged += accepted;
  (void)merged.result();
}

template <class Accumulator>
void read_either_way(bool const is_payload, std::span<std::byte const> const bytes) {
  read<Accumulator>(is_payload ? framed(Accumulator::type_id(), bytes)
                               : std::vector<std::byte>(bytes.begin(), bytes.end()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* const bytes, std::size_t const size) {
  if (size == 0) return 0;
  bool const is_payload = (bytes[0] & 0x80U) != 0;
  auto const rest = std::as_bytes(std::span(bytes, size)).subspan(1);
  switch (bytes[0] & 0x7fU) {
    case 'n': read_either_way<credence::nps_accumulator>(is_payload, rest); break;
    case 'c': read_either_way<credence::csat_accumulator>(is_payload, rest); break;
    case 's': read_either_way<credence::share_accumulator>(is_payload, rest); break;
    case 'm': read_either_way<credence::mean_accumulator>(is_payload, rest); break;
    case 't': read_either_way<both_accumulator>(is_payload, rest); break;
    case 'T': read_either_way<credence::grouped<std::string, credence::nps_accumulator>>(is_payload, rest); break;
    case 'I': read_either_way<credence::grouped<int, both_accumulator>>(is_payload, rest); break;
    case 'P': read_either_way<credence::grouped<key, credence::mean_accumulator>>(is_payload, rest); break;
    case 'h': read_either_way<credence::sharded<both_accumulator>>(is_payload, rest); break;
    default: break;
  }
  return 0;
}
