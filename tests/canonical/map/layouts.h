// Toy layouts and tables that several tests share. Written for these tests; close to the real formats.
#pragma once

#include <string_view>

namespace purser::map::testing {

inline constexpr std::string_view edi_layout = R"(layout edifact INVOIC D96A
element 1001 an..3
element 1004 an..35
element 1082 n..6
element 1153 an..3
element 1154 an..35
element 2005 an..3
element 2379 an..3
element 2380 an..35
element 3035 an..3
element 3036 an..35
element 3039 an..17
element 3124 an..35
element 4440 an..10
element 4451 an..3
element 5004 n..18
element 5025 an..3
element 6060 n..15
element 6063 an..3
element 6345 an..3
element 6347 an..3
element 7140 an..35
element 7143 an..3
element 4347 an..3
element 0081 a1
element 0062 an..14
element 0074 n..10
composite C002 1001
composite C080 3036! 3036 3036
composite C082 3039!
composite C107 4440
composite C108 4440! 4440 4440
composite C186 6063! 6060!
composite C212 7140 7143
composite C504 6347! 6345
composite C506 1153! 1154
composite C507 2005! 2380 2379
composite C516 5025! 5004 6345
segment UNH 0062!
segment BGM C002 1004
segment DTM C507!
segment FTX 4451! C107 C108
segment RFF C506!
segment NAD 3035! C082 C080
segment CUX C504 C504
segment LIN 1082
segment PIA 4347! C212! C212
segment QTY C186!
segment MOA C516!
segment UNS 0081!
segment UNT 0074! 0062!
message
  UNH M 1
  BGM M 1
  DTM M 35
  FTX C 99
  group 1 C 10
    RFF M 1
    DTM C 5
  group 2 C 20
    NAD M 1
    group 3 C 99
      RFF M 1
  group 7 C 5
    CUX M 1
  group 25 C 9999
    LIN M 1
    PIA C 25
    QTY C 5
    group 26 C 5
      MOA M 1
    group 29 C 3
      RFF M 1
  UNS M 1
  group 48 M 100
    MOA M 1
  UNT M 1
)";

inline constexpr std::string_view edi_table = R"(map edifact INVOIC D96A <-> invoice
let amount = decimal with 6345 = /currency
codes kinds
  380  380
  381  381
UNH.0062                     <-   $message_reference
UNH                          ->   ignore "envelope"
BGM.C002.1001                     kind                codes kinds
BGM.1004                          number              required
DTM[C507.2005=137].C507.2380      issue_date          date by C507.2379
DTM[2005=35].2380                 delivery.actual_date  date by 2379
FTX[4451=AAI].C108.4440           note.text           join 3 " "
RFF[C506.1153=ON].C506.1154       order_reference.number
group NAD[3035=SE]                seller
  NAD.C082.3039                     identifiers.id
  NAD.C080.3036                     name
  NAD.C080.3036#2                   trading_name
  RFF[1153=VA].1154                 vat_id
group NAD[3035=BY]                buyer
  NAD.3039                          identifiers.id
  NAD.C080.3036                     name
CUX.C504[6347=2].6345             currency
each LIN                          lines
  LIN.1082                          number
  PIA[4347=5].C212[7143=SA].7140    item.seller_id
  QTY[C186.6063=47].C186.6060       quantity.value
  MOA[5025=203].5004                net_amount        amount
UNS.0081                     <-   "S"
UNS                          ->   ignore "separator"
MOA[5025=77].5004                 totals.payable      amount
UNT                          ->   ignore "envelope"
)";

inline constexpr std::string_view xml_layout = R"(layout xml toy 1
namespace b urn:toy:basic
root Invoice urn:toy:invoice
type Invoice
  b:ID          1
  b:IssueDate   1
  b:Kind        ?
  b:Note        *  @lang
  b:Currency    ?
  b:TaxCurrency ?
  b:Signature   ?  : Signature
  b:Period      *  : Period
  b:Seller      1  : Party
  b:Buyer       1  : Party
  b:Allowance   *  : Allowance
  b:TaxTotal    *  : TaxTotal
  b:Total       1  : Amount
  b:Line        +  : Line
type Signature
  b:ID          1
  b:Value       *
type Period
  b:Start       ?
  b:End         ?
type Party
  b:EndpointID  ?  : Identifier
  b:PartyID     *  : Identifier
  b:Name        1
  b:TaxScheme   *  : TaxScheme
type TaxScheme
  b:CompanyID   1
  b:Scheme      1  : Scheme
type Scheme
  b:ID          1
type Identifier
  @schemeID     ?
type Amount
  @currencyID   1
type Allowance
  b:Indicator   1
  b:Reason      ?
  b:Amount      1  : Amount
type TaxTotal
  b:TaxAmount   1  : Amount
  b:Subtotal    *  : Subtotal
type Subtotal
  b:Taxable     1  : Amount
  b:TaxAmount   1  : Amount
type Line
  b:ID          1
  b:Quantity    1  @unitCode
  b:Amount      1  : Amount
  b:Name        1
  b:Text        *
  b:Allowance   *  : Allowance
  b:SubLine     *  : Line
)";

inline constexpr std::string_view xml_table = R"(map xml Invoice 1 <-> invoice
let amount = decimal with @currencyID = /currency
block party
  group b:EndpointID                endpoint
    @schemeID                         scheme
    .                                 id
  each b:PartyID                    identifiers
    @schemeID                         scheme
    .                                 id
  b:Name                            name
  b:TaxScheme[b:Scheme/b:ID=VAT]/b:CompanyID    vat_id
  b:TaxScheme[b:Scheme/b:ID!=VAT]/b:CompanyID   -> tax_id
block allowance
  b:Reason                          reason
  b:Amount                          amount       amount required
block line
  b:ID                              number
  b:Quantity/@unitCode              quantity.unit
  b:Quantity                        quantity.value
  b:Amount                          net_amount   amount
  b:Name                            item.name
  b:Text                            item.description
  b:Text                            item.descriptions
  each b:Allowance[b:Indicator=false]  allowances  use allowance
  each b:SubLine                    lines        use line
b:ID                                number       required
b:IssueDate                         issue_date
b:Kind                              kind         default "380"
each b:Note                         note
  @lang                               language
  .                                   text
b:Currency                          currency
b:TaxCurrency                       tax_currency
b:Signature                      -> ignore "signs the syntax"
group b:Period                      period
  b:Start                             start_date
  b:End                               end_date
group b:Seller                      seller       use party
group b:Buyer                       buyer        use party
each b:Allowance[b:Indicator=false] allowances   use allowance
each b:Allowance[b:Indicator=true]  charges      use allowance
group b:TaxTotal[b:TaxAmount/@currencyID=/currency]  .
  b:TaxAmount                         totals.tax   amount
  each b:Subtotal                     tax_subtotals
    b:Taxable                           taxable_amount  amount
    b:TaxAmount                         tax_amount      amount
b:Total                             totals.payable  amount
each b:Line                         lines        use line
)";

}  // namespace purser::map::testing
