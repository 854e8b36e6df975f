// Hostile shapes: very many of one thing, very deep, very long. Each is refused by a named limit or read, in
// memory that does not grow with it and in time that grows no faster (a quadratic step would not end before
// the test's timeout).
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <map>

#include "tests/canonical/map/layouts.h"
#include "tests/canonical/map/script.h"

namespace purser::map::testing {
namespace {

constexpr std::size_t many = 1'000'000;

/// Counts what comes and keeps the first finding of each code.
class CountSink : public DocumentSink {
 public:
  Outcome push(std::span<const Event> batch) override {
    events += batch.size();
    return {};
  }
  void finding(Finding finding) override { ++findings[finding.code]; }
  void loss(Loss) override { ++losses; }
  std::map<std::string, std::size_t> findings;
  std::size_t events = 0, losses = 0;
};

/// Plays syntax by hand: `node({...})` is open, leaves, close.
class Player {
 public:
  explicit Player(const Program& program) : decoder_(program, sink) {}
  bool open(std::string_view name) { return keep(decoder_.open(name, at_)); }
  bool close() { return keep(decoder_.close(at_)); }
  bool leaf(std::string_view text) { return keep(decoder_.leaf({}, text, at_)); }
  bool attribute(std::string_view name, std::string_view text) {
    return keep(decoder_.leaf({name, 0, 0, 0}, text, at_));
  }
  bool value(std::uint16_t element, std::uint16_t component, std::string_view text) {
    return keep(decoder_.leaf({{}, element, component, 1}, text, at_));
  }
  bool element(std::string_view name, std::string_view text) { return open(name) && leaf(text) && close(); }
  bool finish() { return keep(decoder_.finish(at_)); }
  CountSink sink;
  std::string code;  ///< of the status that ended it

 private:
  bool keep(const Outcome& done) {
    ++at_.line;
    if (!done) code = done.error().code;
    return done.has_value();
  }
  Decoder decoder_;
  Position at_{0, 1, 1, 0, 0, 0, 0, 0};
};

std::shared_ptr<const Program> edi() { return load(edi_table, {std::string(edi_layout)}); }
std::shared_ptr<const Program> xml() { return load(xml_table, {std::string(xml_layout)}); }

bool begin_edi(Player& play) {
  return play.open("UNH") && play.value(1, 1, "1") && play.close() && play.open("BGM") &&
         play.value(1, 1, "380") && play.value(2, 1, "R1") && play.close();
}

bool party(Player& play, std::string_view name) {
  return play.open("NAD") && play.value(1, 1, "SE") && play.value(2, 1, "4711") && play.value(3, 1, name) &&
         play.close();
}

TEST(Hostile, AGroupRepeatedOutsideOfAStreamedList) {
  const auto program = edi();
  Player play(*program);
  ASSERT_TRUE(begin_edi(play));
  for (std::size_t i = 0; i < many / 4; ++i) ASSERT_TRUE(party(play, "Seller"));
  EXPECT_TRUE(play.finish());
  EXPECT_EQ(play.sink.findings["MAP-0012"], 1U) << "more than the message allows, told once";
  EXPECT_LT(play.sink.events, 100U);
}

TEST(Hostile, ListElementsInTheHeader) {
  const auto program = xml();
  Player play(*program);
  ASSERT_TRUE(play.open("Invoice"));
  bool going = true;
  for (std::size_t i = 0; going && i < many; ++i) going = play.element("b:Note", "n");
  EXPECT_FALSE(going);
  EXPECT_EQ(play.code, "MAP-0007");
  EXPECT_EQ(play.sink.findings["MAP-0007"], 1U);
}

TEST(Hostile, ElementsInOneElement) {
  const auto program = xml();
  Player play(*program);
  ASSERT_TRUE(play.open("Invoice") && play.open("b:Seller"));
  bool going = true;
  for (std::size_t i = 0; going && i < many; ++i) going = play.element("b:PartyID", "4711");
  EXPECT_FALSE(going);
  EXPECT_EQ(play.code, "MAP-0007");
}

TEST(Hostile, ManyGroupsInOneElementStayInsideTheirMemory) {
  const auto program = load(
      "map xml Invoice 1 <-> invoice\nb:ID number required\nb:IssueDate issue_date\nb:Seller/b:Name "
      "seller.name\nb:Buyer/b:Name buyer.name\neach b:Line lines\n  b:ID number\n"
      "  each b:Allowance allowances\n    b:Reason reason\n",
      {std::string(xml_layout)});
  Player play(*program);
  ASSERT_TRUE(play.open("Invoice") && play.open("b:Line"));
  bool going = true;
  for (std::size_t i = 0; going && i < 40'000; ++i)
    going = play.open("b:Allowance") && play.element("b:Reason", "r") && play.close();
  EXPECT_TRUE(going && play.close()) << "within the limit of one node";
  EXPECT_EQ(play.code, "") << play.code;
}

TEST(Hostile, DeepNesting) {
  const auto program = xml();
  Player play(*program);
  ASSERT_TRUE(play.open("Invoice"));
  bool going = true;
  std::size_t depth = 0;
  for (; going && depth < many; ++depth) going = play.open(depth == 0 ? "b:Line" : "b:SubLine");
  EXPECT_LE(depth, Limits{}.max_depth + 1);
  EXPECT_EQ(play.code, "MAP-0007");
}

TEST(Hostile, LongTextsInOneNode) {
  const auto program = xml();
  Player play(*program);
  const std::string text(1'000'000, 'x');
  ASSERT_TRUE(play.open("Invoice") && play.open("b:Seller"));
  bool going = true;
  std::size_t taken = 0;
  for (; going && taken < 1'000; ++taken) going = play.element("b:Name", text);
  EXPECT_FALSE(going);
  EXPECT_EQ(play.code, "MAP-0007");
  EXPECT_LE(taken * text.size(), Limits{}.max_held + 2 * text.size());
}

TEST(Hostile, PiecesOfOneText) {
  const auto program = edi();
  Player play(*program);
  ASSERT_TRUE(begin_edi(play));
  constexpr std::size_t pieces = 200'000;
  for (std::size_t i = 0; i < pieces; ++i)
    ASSERT_TRUE(play.open("FTX") && play.value(1, 1, "AAI") && play.value(3, 1, "a piece of text") &&
                play.close());
  EXPECT_TRUE(play.finish());
  EXPECT_EQ(play.sink.losses, 0U);
}

TEST(Hostile, NumberedSiblings) {
  const auto program = load(
      "map xml Invoice 1 <-> invoice\nb:ID number required\nb:IssueDate issue_date\nb:Seller/b:Name "
      "seller.name\nb:Buyer/b:Name buyer.name\neach b:Line lines\n  b:ID number\n"
      "  b:Text#1 item.description\n  b:Text#2 item.name\n",
      {std::string(xml_layout)});
  Player play(*program);
  ASSERT_TRUE(play.open("Invoice") && play.open("b:Line"));
  for (std::size_t i = 0; i < many / 5; ++i) ASSERT_TRUE(play.element("b:Text", "t"));
  EXPECT_TRUE(play.close() && play.close() && play.finish());
  EXPECT_EQ(play.sink.losses, many / 5 - 2);
}

TEST(Hostile, TextsThatWantACompanion) {
  const auto program = xml();
  Player play(*program);
  ASSERT_TRUE(play.open("Invoice") && play.open("b:Line") && play.open("b:Amount"));
  for (std::size_t i = 0; i < many / 10; ++i) ASSERT_TRUE(play.leaf("5.00") && play.element("b:Odd", "x"));
  EXPECT_TRUE(play.attribute("currencyID", "EUR"));
  EXPECT_TRUE(play.close() && play.close() && play.close() && play.finish());
}

TEST(Hostile, LinesOfEverNewShapes) {
  const auto program = xml();
  Player play(*program);
  ASSERT_TRUE(play.open("Invoice"));
  std::size_t shape = 0;
  for (std::size_t i = 0; i < 20'000; ++i) {
    ASSERT_TRUE(play.open("b:Line") && play.element("b:ID", "1"));
    shape = (shape * 1'103'515'245 + 12'345) % 2'147'483'648;
    for (std::size_t bits = shape; bits != 0; bits >>= 1)
      ASSERT_TRUE((bits & 1) != 0 ? play.element("b:Text", "t") : play.element("b:Name", "n"));
    ASSERT_TRUE(play.close());
  }
  EXPECT_TRUE(play.close() && play.finish());
}

// Last: what all of the above took at most.
TEST(HostileMemory, StaysBounded) {
  rusage use{};
  ASSERT_EQ(getrusage(RUSAGE_SELF, &use), 0);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  EXPECT_LT(use.ru_maxrss, 1'000'000) << "KiB: the limits of one node on tape and tree, and room to double";
#endif
}

}  // namespace
}  // namespace purser::map::testing
