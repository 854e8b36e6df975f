// Any bytes as a multipart: the same message and the same further parts, however the bytes come in.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/cxml/multipart.h"
#include "tests/connectors/reader/trace.h"

namespace {

using namespace purser;

class Losses : public DocumentSink {
 public:
  Outcome push(std::span<const Event>) override { return {}; }
  void finding(Finding) override {}
  void loss(Loss loss) override { all.push_back(std::move(loss.source) + " " + std::move(loss.value)); }
  std::vector<std::string> all;
};

struct Parts {
  std::string message, error;
  std::vector<std::string> others;
  friend bool operator==(const Parts&, const Parts&) = default;
};

Parts read(std::string_view bytes, std::size_t step, std::size_t asked) {
  reader::PieceSource in(bytes, step);
  cxml::Multipart multipart(in);
  Parts out;
  std::vector<char> piece(asked);
  for (;;) {
    const auto got = multipart.read(piece);
    if (!got) out.error = got.error().message;
    if (!got || *got == 0) break;
    out.message.append(piece.data(), *got);
  }
  Losses losses;
  if (out.error.empty()) {
    if (const auto done = multipart.finish(losses); !done) out.error = done.error().message;
  }
  out.others = std::move(losses.all);
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static_cast<void>(cxml::Multipart::is_one(bytes));
  const std::string_view first = cxml::Multipart::first_part(bytes);
  const Parts whole = read(bytes, size + 1, 4096);
  if (read(bytes, 7, 3) != whole) std::abort();
  if (whole.error.empty() && !first.empty() && !first.starts_with(whole.message.substr(0, first.size())))
    std::abort();
  return 0;
}
