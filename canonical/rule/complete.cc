#include "canonical/rule/complete.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "canonical/rule/number.h"

namespace purser::rule {
namespace {

using model::AllowanceCharge;

/// Currencies without a minor unit (ISO 4217); all others are rounded to hundredths.
constexpr std::array<std::string_view, 16> whole_currencies = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY",
                                                               "KMF", "KRW", "PYG", "RWF", "UGX", "VND",
                                                               "VUV", "XAF", "XOF", "XPF"};

/// Ties away from zero.
std::optional<Decimal> amount_of(const std::optional<Number>& exact, int decimals) {
  if (!exact) return std::nullopt;
  const bool negative = exact->coefficient() < 0;
  auto rounded = exact->absolute().rounded(decimals);
  constexpr Number::Wide most = 999'999'999'999'999'999;  // Decimal::max_digits
  if (!rounded || rounded->coefficient() > most) return std::nullopt;
  const auto coefficient = static_cast<std::int64_t>(rounded->coefficient());
  return Decimal(negative ? -coefficient : coefficient, decimals);
}

std::optional<Number> sum_of(const std::optional<Number>& a, const std::optional<Number>& b) {
  return a && b ? add(*a, *b) : std::nullopt;
}
std::optional<Number> percent_of(const std::optional<Number>& base, const Decimal& percent) {
  if (!base) return std::nullopt;
  const auto product = multiply(*base, Number(percent));
  return product ? multiply(*product, Number(1, 2)) : std::nullopt;
}

/// What one category and rate taxes.
struct Taxed {
  std::string category, type;
  std::optional<Decimal> rate;
  std::optional<Number> amount = Number(), tax_by_line = Number();
};

class Completing {
 public:
  Completing(model::Invoice& invoice, TaxRounding way) : in_(invoice), way_(way) {
    const auto& currency = invoice.currency;
    decimals_ = currency && std::ranges::find(whole_currencies, *currency) != whole_currencies.end() ? 0 : 2;
  }

  std::vector<Finding> work() {
    for (std::size_t i = 0; i < in_.lines.size(); ++i) line(in_.lines[i], fmt::format("lines[{}]", i + 1));
    parts(in_.allowances, "allowances", line_net_);
    parts(in_.charges, "charges", line_net_);
    const auto allowances = total(in_.allowances), charges = total(in_.charges);
    for (const auto& part : in_.allowances) taxed(part.tax.get(), negated(part.amount));
    for (const auto& part : in_.charges) taxed(part.tax.get(), number(part.amount));
    if (!in_.totals) in_.totals.emplace();
    auto& totals = *in_.totals;
    untaxed();
    state(totals.line_net, line_net_, "totals.line_net", missing_);
    if (!in_.allowances.empty() || totals.allowances)
      state(totals.allowances, allowances, "totals.allowances", missing_);
    if (!in_.charges.empty() || totals.charges) state(totals.charges, charges, "totals.charges", missing_);
    const auto net =
        sum_of(sum_of(line_net_, charges), allowances ? std::optional(allowances->negated()) : std::nullopt);
    state(totals.net, net, "totals.net", missing_);
    const auto tax = breakdown();
    state(totals.tax, tax, "totals.tax", missing_);
    const auto gross = sum_of(net, tax);
    state(totals.gross, gross, "totals.gross", missing_);
    payable(totals, gross);
    return std::move(findings_);
  }

 private:
  static std::optional<Number> number(const std::optional<Decimal>& value) {
    return value ? std::optional(Number(*value)) : std::nullopt;
  }
  static std::optional<Number> negated(const std::optional<Decimal>& value) {
    return value ? std::optional(Number(*value).negated()) : std::nullopt;
  }

  /// Fills a value, or says that what it states does not follow. `missing` is what it comes from and is not
  /// there.
  void state(std::optional<Decimal>& value, const std::optional<Number>& exact, const std::string& path,
             const std::string& missing) {
    const auto follows = amount_of(exact, decimals_);
    if (!follows) {
      if (missing_.empty()) missing_ = value ? missing : path;
      if (!value)
        report("COMPLETE-0002", path,
               missing.empty() ? "cannot be derived: it has more digits than an amount may have"
                               : fmt::format("cannot be derived: {} is missing", missing));
      return;
    }
    if (!value)
      value = follows;
    else if (*value != *follows) {
      report("COMPLETE-0001", path, fmt::format("is {}, {} follows", value->text(), follows->text()));
    }
  }

  void report(std::string_view code, std::string path, std::string_view what) {
    Finding finding = make_finding(code, {}, path + " " + std::string(what));
    finding.path = std::move(path);
    findings_.push_back(std::move(finding));
  }

  void line(model::InvoiceLine& line, const std::string& path) {
    std::optional<Number> gross;
    if (line.price) {
      auto& price = *line.price;
      if (!price.amount && price.gross_amount) {
        const auto exact = price.discount
                               ? add(Number(*price.gross_amount), Number(*price.discount).negated())
                               : std::optional(Number(*price.gross_amount));
        if (exact) price.amount = amount_of(*exact, std::min(exact->scale(), Decimal::max_scale));
      }
      const auto quantity = line.quantity ? number(line.quantity->value) : std::nullopt;
      if (price.amount && quantity) gross = multiply(Number(*price.amount), *quantity);
      const auto base = price.base_quantity ? number(price.base_quantity->value) : std::nullopt;
      if (gross && base && !base->is_zero()) gross = divide(*gross, *base);
    }
    parts(line.allowances, path + ".allowances", gross);
    parts(line.charges, path + ".charges", gross);
    const auto allowances = total(line.allowances), charges = total(line.charges);
    const auto net =
        sum_of(sum_of(gross, charges), allowances ? std::optional(allowances->negated()) : std::nullopt);
    std::string missing = path + (line.price && line.price->amount ? ".quantity" : ".price.amount");
    if (gross) missing = path + (allowances ? ".charges.amount" : ".allowances.amount");
    if (net || !line.net_amount) state(line.net_amount, net, path + ".net_amount", missing);
    if (!line.tax || !line.tax->category) untaxed_.push_back(path + ".tax.category");
    line_net_ = sum_of(line_net_, number(line.net_amount));
    taxed(line.tax.get(), number(line.net_amount));
  }

  /// Amounts of allowances or charges that are told by a percentage.
  void parts(std::vector<AllowanceCharge>& all, const std::string& path, const std::optional<Number>& of) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      AllowanceCharge& part = all[i];
      const auto base = part.base_amount ? number(part.base_amount) : of;
      const std::string amount = fmt::format("{}[{}].amount", path, i + 1);
      if (part.percentage && base) {
        state(part.amount, percent_of(base, *part.percentage), amount, amount);
      } else if (!part.amount) {
        if (missing_.empty()) missing_ = amount;
        report("COMPLETE-0002", amount, "has neither a value nor a percentage of a known amount");
      }
    }
  }

  static std::optional<Number> total(const std::vector<AllowanceCharge>& all) {
    std::optional<Number> sum = Number();
    for (const auto& part : all) sum = sum_of(sum, number(part.amount));
    return sum;
  }

  void taxed(const model::Tax* tax, const std::optional<Number>& amount) {
    if (tax == nullptr || !tax->category) return;
    auto found = std::ranges::find_if(
        taxed_, [&](const Taxed& each) { return each.category == *tax->category && each.rate == tax->rate; });
    if (found == taxed_.end()) {
      taxed_.push_back({*tax->category, tax->type.value_or(""), tax->rate, Number(), Number()});
      found = taxed_.end() - 1;
    }
    found->amount = sum_of(found->amount, amount);
    const auto own = amount_of(percent_of(amount, tax->rate.value_or(Decimal())), decimals_);
    found->tax_by_line = sum_of(found->tax_by_line, number(own));
  }

  std::optional<Number> breakdown() {
    std::optional<Number> sum = Number();
    for (const Taxed& each : taxed_) {
      auto found = std::ranges::find_if(in_.tax_subtotals, [&](const model::TaxSubtotal& entry) {
        return entry.category == each.category && entry.rate == each.rate;
      });
      if (found == in_.tax_subtotals.end()) {
        model::TaxSubtotal entry;
        entry.category = each.category;
        entry.rate = each.rate;
        if (!each.type.empty()) entry.type = each.type;
        in_.tax_subtotals.push_back(std::move(entry));
        found = in_.tax_subtotals.end() - 1;
      }
      const std::string path = fmt::format("tax_subtotals[{}]", found - in_.tax_subtotals.begin() + 1);
      state(found->taxable_amount, each.amount, path + ".taxable_amount", missing_);
      const auto exact = way_ == TaxRounding::by_line
                             ? each.tax_by_line
                             : percent_of(each.amount, each.rate.value_or(Decimal()));
      state(found->tax_amount, exact, path + ".tax_amount", missing_);
      sum = sum_of(sum, number(amount_of(exact, decimals_)));
    }
    for (std::size_t i = 0; !taxed_.empty() && i < in_.tax_subtotals.size(); ++i) {
      const auto& entry = in_.tax_subtotals[i];
      const bool known = std::ranges::any_of(taxed_, [&](const Taxed& each) {
        return entry.category == each.category && entry.rate == each.rate;
      });
      if (!known)
        report("COMPLETE-0001", fmt::format("tax_subtotals[{}]", i + 1),
               "has a category and rate that nothing has");
    }
    return sum;
  }

  void payable(model::Totals& totals, const std::optional<Number>& gross) {
    std::optional<Number> paid = Number();
    for (const auto& each : in_.prepayments) paid = sum_of(paid, number(each.amount));
    if (!in_.prepayments.empty() && !totals.prepaid) totals.prepaid = amount_of(paid, decimals_);
    auto rest = gross;
    if (totals.prepaid) rest = sum_of(rest, negated(totals.prepaid));
    if (totals.rounding) rest = sum_of(rest, number(totals.rounding));
    state(totals.payable, rest, "totals.payable", missing_);
  }

  /// Where some lines say how they are taxed, those that do not are forgotten by the breakdown.
  void untaxed() {
    if (taxed_.empty()) return;
    for (const std::string& path : untaxed_)
      report("COMPLETE-0002", path, "is missing: no tax is computed for this line");
  }

  model::Invoice& in_;
  TaxRounding way_;
  int decimals_ = 2;
  std::optional<Number> line_net_ = Number();
  std::vector<Taxed> taxed_;
  std::vector<std::string> untaxed_;  ///< paths of lines' categories that are not there
  std::string missing_;               ///< the first value that could not be derived
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> complete(model::Invoice& invoice, TaxRounding way) {
  return Completing(invoice, way).work();
}

}  // namespace purser::rule
