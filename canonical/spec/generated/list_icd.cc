// Made from canonical/spec/*.spec by tools/model; do not edit.
#include "canonical/spec/generated/tables.h"

namespace purser::spec {
namespace {

constexpr CodeEntry entries[] = {
    {"0002", "System Information et Repertoire des Entreprises et des Etablissements (SIRENE)"},
    {"0007", "Organisationsnummer (Sweden)"},
    {"0009", "SIRET"},
    {"0060", "Data Universal Numbering System (D-U-N-S)"},
    {"0088", "Global Location Number (GLN)"},
    {"0096", "Danish Chamber of Commerce P-number"},
    {"0106", "Vereniging van Kamers van Koophandel (Netherlands)"},
    {"0130", "Directorates of the European Commission"},
    {"0151", "Australian Business Number"},
    {"0154", "Identification number of economic subjects (Czechia)"},
    {"0158", "Identification number of economic subject (Slovakia)"},
    {"0160", "Global Trade Item Number (GTIN)"},
    {"0177", "Odette International"},
    {"0183", "Swiss Unique Business Identification Number (UIDB)"},
    {"0184", "DIGSTORG (Denmark)"},
    {"0188", "Corporate Number of the social security and tax number system (Japan)"},
    {"0190", "Organisatie-indentificatienummer (Netherlands)"},
    {"0191", "Company code (Estonia)"},
    {"0192", "Organisasjonsnummer (Norway)"},
    {"0193", "UBL.BE party identifier"},
    {"0195", "Singapore Nationwide e-Invoice Framework"},
    {"0196", "Kennitala (Iceland)"},
    {"0198", "ERSTORG (Denmark)"},
    {"0199", "Legal Entity Identifier (LEI)"},
    {"0200", "Legal entity code (Lithuania)"},
    {"0201", "Codice Univoco Unità Organizzativa iPA (Italy)"},
    {"0202", "Indirizzo di Posta Elettronica Certificata (Italy)"},
    {"0203", "eDelivery Network Participant identifier"},
    {"0204", "Leitweg-ID (Germany)"},
    {"0205", "CODDEST (Italy)"},
    {"0208", "Numero d'entreprise / ondernemingsnummer (Belgium)"},
    {"0209", "GS1 identification keys"},
    {"0210", "Codice fiscale (Italy)"},
    {"0211", "Partita IVA (Italy)"},
    {"0212", "Finnish Organization Identifier"},
    {"0213", "Finnish Organization Value Add Tax Identifier"},
    {"0215", "Net service ID"},
    {"0216", "OVTcode (Finland)"},
    {"0217", "The Netherlands Chamber of Commerce and Industry establishment number"},
    {"0218", "Unified registration number (Latvia)"},
    {"0221", "The registered number of the qualified invoice issuer (Japan)"},
    {"0225", "FRCTC electronic address (France)"},
    {"0230", "National e-Invoicing Framework (Malaysia)"},
    {"0235", "UAE Tax Identification Number"},
    {"0240", "Register of legal persons (France)"},
};

}  // namespace

constinit const CodeList list_icd{"icd", "Schemes of identifiers", "ISO 6523 International Code Designator, schemes common in trade", "2024-11-15", false, entries};

}  // namespace purser::spec
