// Bodies in segments: what leaves memory stays readable.
#include "gateway/journal/segment_store.h"

#include "tests/gateway/journal/faulty_files.h"
#include "tests/gateway/journal/fixture.h"

namespace purser::gateway {
namespace {

TEST(SegmentStore, BodiesFarBackLeaveMemoryAndStayReadable) {
  constexpr std::uint64_t kept = 64 << 20;
  const TemporaryFolder folder;
  FaultyFiles files;
  const auto store = *SegmentStore::open(folder.path() + "/bodies", files, true);
  const std::string body(2 << 20, 'b');
  std::vector<BodyRef> places;
  for (int i = 0; i < 40; ++i) {
    const std::string_view bodies[] = {body};
    places.push_back(store->append(bodies)->front());
    const auto before = files.let_go.size();
    ASSERT_TRUE(store->sync());
    const std::uint64_t end = places.back().offset + body.size();
    for (std::size_t at = before; at < files.let_go.size(); ++at)
      EXPECT_LE(files.let_go[at].first + files.let_go[at].second + kept, end + 4096)
          << "what is read soon stays";
  }
  ASSERT_GE(files.let_go.size(), 2U);
  std::uint64_t gone = 0;
  for (const auto& [offset, length] : files.let_go) {
    EXPECT_EQ(offset, gone) << "nothing is left between";
    gone = offset + length;
  }
  for (const BodyRef& place : places) EXPECT_EQ(*store->read(place), body);
}

}  // namespace
}  // namespace purser::gateway
