// Made from canonical/spec/*.spec by tools/model; do not edit.
#include "canonical/spec/generated/tables.h"

namespace purser::spec {
namespace {

constexpr CodeEntry entries[] = {
    {"AAA", "Petroleum tax"},
    {"AAB", "Provisional countervailing duty cash"},
    {"AAC", "Provisional countervailing duty bond"},
    {"AAD", "Tobacco tax"},
    {"AAE", "Energy fee"},
    {"AAF", "Coffee tax"},
    {"AAG", "Harmonised sales tax, Canadian"},
    {"AAH", "Quebec sales tax"},
    {"AAI", "Canadian provincial sales tax"},
    {"AAJ", "Tax on replacement part"},
    {"AAK", "Mineral oil tax"},
    {"AAL", "Special tax"},
    {"AAM", "Insurance tax"},
    {"AAO", "Provincial Cannabis Tax"},
    {"AAP", "Outstanding duty interest"},
    {"ADD", "Anti-dumping duty"},
    {"BOL", "Stamp duty"},
    {"CAP", "Agricultural levy"},
    {"CAR", "Car tax"},
    {"COC", "Paper consortium tax"},
    {"CST", "Commodity specific tax"},
    {"CUD", "Customs duty"},
    {"CVD", "Countervailing duty"},
    {"ENV", "Environmental tax"},
    {"EXC", "Excise duty"},
    {"EXP", "Agricultural export rebate"},
    {"FET", "Federal excise tax"},
    {"FRE", "Free"},
    {"GCN", "General construction tax"},
    {"GNC", "General construction tax"},
    {"GST", "Goods and services tax"},
    {"ILL", "Illuminants tax"},
    {"IMP", "Import tax"},
    {"IND", "Individual tax"},
    {"LAC", "Business license fee"},
    {"LCN", "Local construction tax"},
    {"LDP", "Light dues payable"},
    {"LOC", "Local sales tax"},
    {"LST", "Lust tax"},
    {"MCA", "Monetary compensatory amount"},
    {"MCD", "Miscellaneous cash deposit"},
    {"OTH", "Other taxes"},
    {"PDB", "Provisional duty bond"},
    {"PDC", "Provisional duty cash"},
    {"PRF", "Preference duty"},
    {"SCN", "Special construction tax"},
    {"SSS", "Shifted social securities"},
    {"STT", "State/provincial sales tax"},
    {"SUP", "Suspended duty"},
    {"SUR", "Surtax"},
    {"SWT", "Shifted wage tax"},
    {"TAC", "Alcohol mark tax"},
    {"TOT", "Total"},
    {"TOX", "Turnover tax"},
    {"TTA", "Tonnage taxes"},
    {"VAD", "Valuation deposit"},
    {"VAT", "Value added tax"},
};

}  // namespace

constinit const CodeList list_untdid5153{"untdid5153", "Kinds of tax", "UNTDID 5153", "D.16B", false, entries};

}  // namespace purser::spec
