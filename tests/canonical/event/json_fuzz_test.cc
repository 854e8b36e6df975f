// The fuzzer's entry over seeds and their mutations, so that every run of the suite tries some hostile texts.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "canonical/event/json_writer.h"
#include "tests/canonical/event/random_document.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

namespace purser {
namespace {

void run(const std::string& text) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

TEST(JsonFuzz, SeedsAndMutations) {
  std::uint64_t state = 42;
  auto random = [&state] { return state = state * 6364136223846793005U + 1442695040888963407U, state >> 33; };
  constexpr std::string_view alphabet = "{}[]\",:\\u0123456789eE+-.tfn \n\r\x01\xC3\xA9\xED\xFF";
  for (const DocumentDescriptor& document : documents()) {
    std::string json;
    JsonWriter writer(append_to_text(json));
    RecordedEvents made = test::random_document(document, 3, 12);
    ASSERT_TRUE(writer.push(made.events()));
    run(json);
    for (int i = 0; i < 60; ++i) {
      std::string mutated = json;
      for (std::uint64_t changes = 1 + random() % 4; changes > 0; --changes) {
        std::size_t at = random() % mutated.size();
        switch (random() % 4) {
          case 0: mutated[at] = alphabet[random() % alphabet.size()]; break;
          case 1: mutated.erase(at, random() % 9); break;
          case 2: mutated.insert(at, 1, alphabet[random() % alphabet.size()]); break;
          default: mutated.resize(at + 1);
        }
      }
      run(mutated);
    }
  }
}

}  // namespace
}  // namespace purser
