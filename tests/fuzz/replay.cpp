// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// Gives every file of a corpus folder to a fuzz target, so that what a fuzzer once found stays found with any compiler.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size);

int main(int const argument_count, char** const arguments) {
  if (argument_count != 2) {
    std::fprintf(stderr, "usage: %s CORPUS_FOLDER\n", arguments[0]);
    return 2;
  }
  std::vector<std::filesystem::path> files;
  for (auto const& entry : std::filesystem::directory_iterator(arguments[1])) files.push_back(entry.path());
  std::sort(files.begin(), files.end());  // the same order on every machine
  for (auto const& file : files) {
    // Said before the target runs: when it aborts, the last line names the file.
    std::printf("%s\n", file.filename().string().c_str());
    std::fflush(stdout);
    std::ifstream stream(file, std::ios::binary);
    std::vector<char> const content{std::istreambuf_iterator<char>(stream), {}};
    // A copy of exactly the right size, so that a sanitizer sees the first byte read too far.
    std::vector<std::uint8_t> const bytes(content.begin(), content.end());
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
  }
  std::printf("%zu inputs replayed\n", files.size());
  return files.empty() ? 1 : 0;
}
