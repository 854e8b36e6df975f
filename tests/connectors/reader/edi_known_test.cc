// Segments compared with those before come to what cutting each by itself comes to: tags, places, texts and
// positions, for everything that may stand in an interchange.
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "tests/connectors/reader/edifact_recorder.h"
#include "tests/connectors/reader/x12_recorder.h"

namespace purser::edi {
namespace {

/// Notes every segment whole, with all of its positions, and holds the promise of its arrangement.
class Segments : public map::SyntaxSink {
 public:
  Outcome open(std::string_view name, const Position& at) override {
    text += fmt::format("{}{}\n", name, place(at));
    return {};
  }
  Outcome leaf(const map::LeafAddress& where, std::string_view value, const Position& at) override {
    text += fmt::format(" {}={}{}\n", shown(where), value, place(at));
    return {};
  }
  Outcome close(const Position&) override { return {}; }
  Outcome segment(const map::Segment& whole) override {
    if (whole.arrangement != 0) {
      ++known;
      std::string places(whole.tag);
      for (const auto& value : whole.values) {
        places += ' ' + shown(value.where);
        EXPECT_FALSE(value.text.empty());
        EXPECT_GE(value.text.data(), whole.bytes.data());
        EXPECT_LE(value.text.data() + value.text.size(), whole.bytes.data() + whole.bytes.size());
      }
      EXPECT_EQ(arrangements().emplace(whole.arrangement, places).first->second, places);
    }
    return SyntaxSink::segment(whole);
  }
  std::string text;
  std::size_t known = 0;  ///< segments that came as one before

 private:
  static std::map<std::uint64_t, std::string>& arrangements() {
    static std::map<std::uint64_t, std::string> of_all;
    return of_all;
  }
  static std::string shown(const map::LeafAddress& where) {
    return fmt::format("{}{}.{}#{}", where.name, where.element, where.component, where.repetition);
  }
  static std::string place(const Position& at) {
    return fmt::format(" {}:{}+{} {}.{}.{} {}.{}", at.line, at.column, at.offset, at.segment, at.element,
                       at.component, at.table, at.row);
  }
};

struct Edifact : edifact::Recorder {
  std::expected<map::SyntaxSink*, Status> begin_message(const edifact::Interchange& interchange,
                                                        const edifact::Group* group,
                                                        const edifact::Message& message) override {
    static_cast<void>(Recorder::begin_message(interchange, group, message));
    return &segments;
  }
  Outcome end_message(const edifact::Message&, const edifact::MessageEnd& end) override {
    segments.text += fmt::format("end {} {}\n", end.segments, end.complete);
    return {};
  }
  static constexpr auto read = [](auto& source, auto& handler, bool remember) {
    edifact::ReadOptions options;
    options.limits.remember_shapes = remember;
    return edifact::read(source, handler, options);
  };
  Segments segments;
};

struct X12 : x12::Recorder {
  std::expected<map::SyntaxSink*, Status> begin_transaction(const x12::Interchange& interchange,
                                                            const x12::Group* group,
                                                            const x12::Transaction& transaction) override {
    static_cast<void>(Recorder::begin_transaction(interchange, group, transaction));
    return &segments;
  }
  Outcome end_transaction(const x12::Transaction&, const x12::TransactionEnd& end) override {
    segments.text += fmt::format("end {} {}\n", end.segments, end.complete);
    return {};
  }
  static constexpr auto read = [](auto& source, auto& handler, bool remember) {
    x12::ReadOptions options;
    options.limits.remember_shapes = remember;
    return x12::read(source, handler, options);
  };
  Segments segments;
};

template <typename Handler>
std::pair<std::string, std::size_t> came_to(std::string_view text, std::size_t piece, bool remember) {
  Handler handler;
  reader::PieceSource source(text, piece);
  const Outcome done = Handler::read(source, handler, remember);
  std::string all = handler.segments.text + handler.findings.text();
  for (const Finding& finding : handler.findings.all)
    all += fmt::format("\n{} {}+{} {} {}", finding.code, finding.at.segment, finding.at.offset,
                       finding.source, finding.message);
  return {all + (done ? "" : done.error().code), handler.segments.known};
}

/// The text is read alike with and without; gives how many segments were known.
template <typename Handler>
std::size_t compare(std::string_view text, std::size_t piece = 1 << 20) {
  const auto [plain, none] = came_to<Handler>(text, piece, false);
  const auto [remembered, known] = came_to<Handler>(text, piece, true);
  EXPECT_EQ(none, 0U);
  EXPECT_EQ(plain, remembered) << text;
  return known;
}

constexpr std::string_view edifact_head = "UNB+UNOC:4+A+B+261126:0300+1'UNH+1+INVOIC:D:96A:UN'";
const std::string x12_head =
    "ISA*00*          *00*          *ZZ*A              *ZZ*B              "
    "*261126*0300*^*00501*000000001*0*P*>~"
    "GS*PO*A*B*20261126*0300*1*X*005010~ST*850*0001~";

TEST(KnownSegments, AreTakenFromTheThirdOn) {
  std::string text(edifact_head);
  for (int i = 0; i < 10; ++i)
    text += fmt::format("LIN+{}++{}:EN'PIA+5+A{}:SA'QTY+47:{}'MOA+203:{}'MOA+52:1'PRI+AAA:{}:::1:PCE'", i,
                        i * 7919, i * i, i, i * 100, i);
  // What stands behind the header the first time comes in a line's place twice later than the rest.
  EXPECT_GE(compare<Edifact>(text + "UNT+62+1'UNZ+1+1'"), 6U * 7);
}

TEST(KnownSegments, OfEachKindStandWhereTheyStood) {
  const std::string_view segments[] = {"LIN+1++4711:EN'",
                                       "LIN+22++4:EN'",
                                       "LIN+1++:EN'",
                                       "LIN+1++4711'",
                                       "LIN+1++4711:EN+'",
                                       "LIN+1+++4711:EN'",
                                       "LIN'",
                                       "LIN+'",
                                       "LIN+1*2++4:EN'",
                                       "LIN+?+++4711:EN'",
                                       "LIN+1++4\t1:EN'",
                                       "LIN+1++\xC3\xBC:EN'",
                                       "LIN+1++4\n1:EN'",
                                       "LIN+1++4711:EN'\r\n",
                                       "LIN+1++4\x01:EN'",
                                       "LIN:1:2+1++4711:EN'",
                                       "LIN::2+1++4711:EN'",
                                       "LIX+1++4711:EN'",
                                       "LI+1++4711:EN'",
                                       "UNT+2+1'UNH+2+INVOIC:D:96A:UN'"};
  for (const auto first : segments) {
    for (const auto second : segments) {
      std::string text(edifact_head);
      for (int i = 0; i < 4; ++i) text += first;
      for (int i = 0; i < 4; ++i) text += second;
      for (int i = 0; i < 3; ++i) text += std::string(first) + std::string(second);
      compare<Edifact>(text + "UNT+9+1'UNZ+1+1'");
      compare<Edifact>(text);
    }
  }
}

/// Lines of a few shapes, now and then a byte of any kind somewhere.
template <typename Handler>
void compare_any(std::string_view head, std::string_view tail, char element, char component, char terminator,
                 std::string_view bytes) {
  std::mt19937 random(26112026);
  const auto below = [&](std::size_t end) { return static_cast<std::size_t>(random() % end); };
  std::size_t known = 0;
  for (int round = 0; round < 400; ++round) {
    std::vector<std::vector<std::size_t>> shapes(2 + below(5));
    for (auto& shape : shapes) {
      shape.resize(1 + below(12));
      for (auto& kind : shape) kind = below(5);
    }
    std::string text(head);
    for (int line = 0; line < 30; ++line) {
      for (std::size_t i = 0; i < shapes.size(); ++i) {
        text += {static_cast<char>('A' + i), 'B', 'C'};
        for (const std::size_t kind : shapes[i]) {
          text += kind % 2 == 0 ? element : component;
          if (kind < 3) text.append(1 + below(12), static_cast<char>('a' + below(26)));
        }
        text += terminator;
        if (round % 3 == 0) text += '\n';
      }
    }
    for (std::size_t spoilt = below(6); spoilt != 0; --spoilt)
      text[head.size() + below(text.size() - head.size())] = bytes[below(bytes.size())];
    text += tail;
    known += compare<Handler>(text, round % 2 == 0 ? text.size() : 1 + below(70));
    if (::testing::Test::HasFailure()) return;
  }
  EXPECT_GT(known, 10'000U);
}

TEST(KnownSegments, OfAnyEdifactAreThoseOfPlainReading) {
  compare_any<Edifact>(edifact_head, "UNT+9+1'UNZ+1+1'", '+', ':', '\'',
                       std::string_view("+:'*?\t\n\r \x01\0\xFC\x41", 13));
}

TEST(KnownSegments, OfAnyX12AreThoseOfPlainReading) {
  compare_any<X12>(x12_head, "SE*9*0001~GE*1*1~IEA*1*000000001~", '*', '>', '~',
                   std::string_view("*>~^\t\n\r \x01\0\xFC\x41", 12));
}

TEST(KnownSegments, EndWithTheirSeparators) {
  std::string text;
  for (const std::string_view una : {"UNA:+.? '", "UNA+:.? '", "UNA:+.?*'"}) {
    text += std::string(una) + "UNB+UNOC:4+A+B+261126:0300+1'UNH+1+INVOIC:D:96A:UN'";
    for (int i = 0; i < 5; ++i) text += "LIN+1++4711:EN'MOA+203:1*2'";
    text += "UNT+12+1'UNZ+1+1'";
  }
  compare<Edifact>(text);
}

TEST(KnownSegments, OfDecodedInputAreCutEachByItself) {
  std::string text(edifact_head);
  for (int i = 0; i < 5; ++i) text += "LIN+1++4711:EN'\n";
  std::string wide;
  for (const char c : text) wide += {c, '\0'};
  EXPECT_EQ(compare<Edifact>(wide), 0U);
}

}  // namespace
}  // namespace purser::edi
