#include "archive/offers.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "archive/folder_structure.h"
#include "archive/holds.h"
#include "archive/relations.h"
#include "archive/storage/durable_file.h"
#include "tests/archive/tenant.h"
#include "tests/archive/xdomea/samples.h"
#include "tests/support/day.h"

namespace eakte::archive {
namespace {

using testing::day;

const Date due_day = day("2027-01-04");

class Offers : public ::testing::Test {
protected:
  Offers() : parties_{{"Stadt Musterstadt", "", "15083"}, {"Kreisarchiv", "", "KA-1"}, "eakte 0.1.0", {}} {}

  /// Dog tax, eight years: closed in 2018, due from 2027 on; a document in it and one in a case.
  FolderId closed(const std::string& reference) {
    const FolderId id =
        tenant_.archive.add_folder("61.10.30", reference, "Hundesteuer <Müller>", "cli", day("2015-01-01"));
    const CaseId one = tenant_.archive.add_case(id, reference + "-1", "Veranlagung", "cli");
    filed(id, {}, "loose of " + reference);
    filed(id, one, "letter of " + reference);
    close_case(tenant_.archive, one, day("2018-05-05"), due_day, "cli");
    close_folder(tenant_.archive, id, day("2018-05-05"), due_day, "cli");
    return id;
  }
  /// The same with a part (Teilakte) that holds a document.
  std::pair<FolderId, FolderId> closed_with_part(const std::string& reference) {
    const FolderId whole =
        tenant_.archive.add_folder("61.10.30", reference, "Hundesteuer", "cli", day("2015-01-01"));
    const FolderId part = add_folder(tenant_.archive,
                                     {.plan_entry = "",
                                      .title = "Befreiungen",
                                      .reference = "",
                                      .parent = whole,
                                      .begins_on = day("2015-01-01")},
                                     "{plan}-{number}/{year}", due_day, "cli");
    filed(whole, {}, "letter of " + reference);
    filed(part, {}, "part of " + reference);
    close_folder(tenant_.archive, part, day("2018-05-05"), due_day, "cli");
    close_folder(tenant_.archive, whole, day("2018-05-05"), due_day, "cli");
    return {whole, part};
  }
  DocumentId filed(const FolderId& folder, const CaseId& record_case, const std::string& bytes) {
    NewDocument letter = tenant_.letter(tenant_.accept(bytes), bytes);
    letter.fields.plan_entry = "61.10.30";
    letter.fields.folder = folder;
    letter.fields.open_case = record_case;
    letter.received_on = day("2016-03-02");
    letter.renditions.push_back(
        {RenditionRole::pdfa, tenant_.archive.objects().put("%PDF of " + bytes), "application/pdf"});
    letter.processing = R"({"pdfa":{"archive":{"standard":"PDF/A-2u","valid":true}}})";
    const auto also = [&](Connection& connection, const DocumentId& document) {
      connection.execute("UPDATE intake SET state = 'filed', document = ? WHERE id = ?",
                         {document.text, letter.intake.text});
    };
    return tenant_.archive.file(letter, "system", also).id;
  }

  XdomeaMessage message(const std::string& process, MessageType type) {
    const OpenObject file = open_message(tenant_.archive, process, type);
    return read_container(file.descriptor(), parties_.schemas).message;
  }
  /// An answer as the archive writes it.
  XdomeaMessage answer(const std::string& process, MessageType type) {
    XdomeaMessage answer;
    answer.head.type = type;
    answer.head.process = process;
    answer.head.created_at = "2027-02-01T09:00:00Z";
    answer.head.sender = parties_.archive;
    answer.head.recipient = parties_.authority;
    answer.head.receipt_wanted = true;
    return answer;
  }
  TakenAnswer take(const XdomeaMessage& answer) {
    const std::string xml = write_xdomea(answer);
    const Descriptor file(memfd_create("answer", MFD_CLOEXEC));
    EXPECT_EQ(write(file.number(), xml.data(), xml.size()), static_cast<ssize_t>(xml.size()));
    return take_answer(tenant_.archive, read_container(file.number(), parties_.schemas), file.number(),
                       parties_, day("2027-02-03"), "archivist");
  }
  /// Offered, and appraised with these codes by object.
  std::string appraised(const std::vector<FolderId>& folders, const std::vector<AppraisedObject>& codes) {
    const std::string process = offer_folders(tenant_.archive, folders, parties_, due_day, "cli");
    XdomeaMessage verdict = answer(process, MessageType::appraisal);
    verdict.appraised = codes;
    take(verdict);
    return process;
  }
  static std::string uuid(const FolderId& id) { return uuid_of(id.text); }
  FolderStatus status(const FolderId& id) { return folder_record(tenant_.archive, id).status; }
  std::string code_of_refusal(const std::function<void()>& act) {
    const std::int64_t entries = audit_entries();
    try {
      act();
    } catch (const Forbidden& forbidden) {
      EXPECT_EQ(audit_entries(), entries) << "a refusal changes nothing";
      return forbidden.code;
    }
    return "";
  }
  std::int64_t audit_entries() {
    return tenant_.archive.database().query("SELECT entries FROM audit_head").at(0).integer("entries");
  }
  std::vector<std::string> outbox() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(tenant_.path() / "outbox"))
      names.push_back(entry.path().filename().string().substr(37));
    std::ranges::sort(names);
    return names;
  }
  bool permitted(const FolderId& id) {
    bool is = false;
    tenant_.archive.database().read(
        [&](Connection& connection) { is = archive_permits_destruction(connection, id); });
    return is;
  }

  eakte::testing::Tenant tenant_;
  DisposalParties parties_;
};

// VwVfG section 29: a draft is no part of what goes to others.
TEST_F(Offers, DraftsStayHere) {
  const FolderId id =
      tenant_.archive.add_folder("61.10.30", "61.10.30/5", "Hundesteuer", "cli", day("2015-01-01"));
  const DocumentId final = filed(id, {}, "final");
  set_draft(tenant_.archive, filed(id, {}, "draft"), true, "cli");
  close_folder(tenant_.archive, id, day("2018-05-05"), due_day, "cli");
  const std::string process = offer_folders(tenant_.archive, {id}, parties_, due_day, "cli");
  const XdomeaMessage offered = message(process, MessageType::offer);
  ASSERT_EQ(offered.objects.at(0).children.size(), 1U);
  EXPECT_EQ(offered.objects[0].children[0].id, uuid_of(final.text));
}

TEST_F(Offers, FourStagesFromTheOfferToTheConfirmedImport) {
  parties_.schemas = eakte::testing::xdomea_schemas();  // costs time, so the other tests go without
  const FolderId id = closed("61.10.30/77");
  const std::string process = offer_folders(tenant_.archive, {id}, parties_, due_day, "cli");
  EXPECT_EQ(status(id), FolderStatus::offered);
  const XdomeaMessage offered = message(process, MessageType::offer);
  EXPECT_EQ(offered.head.process, process);
  ASSERT_EQ(offered.objects.size(), 1U);
  EXPECT_EQ(offered.objects[0].id, uuid(id));
  EXPECT_EQ(offered.objects[0].title, "Hundesteuer <Müller>");
  EXPECT_EQ(offered.objects[0].retention_end, "2026-12-31");
  EXPECT_EQ(offered.objects[0].retention_years, 8);
  ASSERT_EQ(offered.objects[0].children.size(), 2U);
  EXPECT_TRUE(offered.objects[0].children[0].files.empty());
  EXPECT_EQ(offered.objects[0].children[1].kind, RecordKind::record_case);

  EXPECT_TRUE(take(answer(process, MessageType::offer_received)).changed);
  EXPECT_EQ(status(id), FolderStatus::offered);
  EXPECT_EQ(code_of_refusal([&] { transfer_offered(tenant_.archive, process, parties_, "cli"); }),
            "appraisal_open");

  XdomeaMessage verdict = answer(process, MessageType::appraisal);
  verdict.appraised = {{uuid(id), "A"}};
  EXPECT_TRUE(take(verdict).changed);
  EXPECT_EQ(status(id), FolderStatus::appraised);
  const Appraisal appraisal = appraisal_of(tenant_.archive, id).value();
  EXPECT_EQ(appraisal.decision, AppraisalDecision::transfer);
  EXPECT_EQ(appraisal.source, process);
  EXPECT_EQ(appraisal.decided_on, day("2027-02-01"));
  EXPECT_EQ(message(process, MessageType::appraisal_received).head.recipient.name, "Kreisarchiv");

  transfer_offered(tenant_.archive, process, parties_, "cli");
  EXPECT_EQ(status(id), FolderStatus::transferred);
  EXPECT_FALSE(permitted(id));
  const XdomeaMessage transferred = message(process, MessageType::transfer);
  ASSERT_EQ(transferred.objects.size(), 1U);
  EXPECT_EQ(transferred.objects[0].id, uuid(id));
  const RecordObject& letter = transferred.objects[0].children[1].children[0];
  ASSERT_EQ(letter.files.size(), 2U);
  EXPECT_EQ(letter.files[0].format, "044");
  EXPECT_EQ(letter.files[0].format_version, "2u");
  EXPECT_EQ(letter.files[1].format, "024");
  EXPECT_EQ(letter.files[1].original_name, "scan.tif");
  EXPECT_EQ(letter.history.at(0).action, "abgelegt");
  EXPECT_EQ(transferred.objects[0].history.back().action, "vom Archiv bewertet");
  EXPECT_EQ(code_of_refusal([&] { transfer_offered(tenant_.archive, process, parties_, "cli"); }),
            "transferred_already");

  EXPECT_TRUE(take(answer(process, MessageType::transfer_received)).changed);
  XdomeaMessage report = answer(process, MessageType::import_report);
  report.imported = {{uuid(id), true, "", "Best. 7 Nr. 12"}};
  EXPECT_TRUE(take(report).changed);
  EXPECT_EQ(status(id), FolderStatus::transferred);
  EXPECT_TRUE(permitted(id));
  const Appraisal confirmed = appraisal_of(tenant_.archive, id).value();
  EXPECT_TRUE(confirmed.transfer_confirmed_at);
  EXPECT_EQ(confirmed.archive_reference, "Best. 7 Nr. 12");
  const DisposalProcess shown = disposal_process(tenant_.archive, process);
  EXPECT_EQ(shown.messages.size(), 7U);
  ASSERT_EQ(shown.folders.size(), 1U);
  EXPECT_EQ(shown.folders[0].imported, true);
  EXPECT_EQ(processes_of(tenant_.archive, id), std::vector<std::string>{process});
  EXPECT_EQ(verify_archive(tenant_.archive).problems, std::vector<std::string>{});
}

TEST_F(Offers, AFolderIsOfferedTransferredAndTakenOverWithItsPartsAsOne) {
  parties_.schemas = eakte::testing::xdomea_schemas();
  const auto [whole, part] = closed_with_part("61.10.30/77");
  const FolderId earlier = tenant_.archive.add_folder("61.10.30", "61.10.30/12", "Hundesteuer", "cli");
  relate(tenant_.archive, RelationKind::follows, whole.text, earlier.text, "cli");
  set_medium(tenant_.archive, part, Medium::hybrid, "Altregistratur, Regal 7", "cli");
  EXPECT_EQ(code_of_refusal([&] { offer_folders(tenant_.archive, {part}, parties_, due_day, "cli"); }),
            "part_without_whole");
  const std::string process = offer_folders(tenant_.archive, {part, whole}, parties_, due_day, "cli");
  EXPECT_EQ(status(whole), FolderStatus::offered);
  EXPECT_EQ(status(part), FolderStatus::offered);
  const XdomeaMessage offered = message(process, MessageType::offer);
  ASSERT_EQ(offered.objects.size(), 1U);
  const RecordObject& inner = offered.objects[0].children.back();
  EXPECT_EQ(inner.id, uuid(part));
  EXPECT_EQ(inner.kind, RecordKind::folder);
  EXPECT_EQ(inner.medium, "002");
  EXPECT_EQ(inner.place, "Altregistratur, Regal 7");
  ASSERT_EQ(inner.children.size(), 1U);
  ASSERT_EQ(offered.objects[0].references.size(), 1U);
  EXPECT_EQ(offered.objects[0].references[0],
            (RecordReference{RecordKind::folder, uuid(earlier), "61.10.30/12", "Fortsetzung von"}));

  XdomeaMessage verdict = answer(process, MessageType::appraisal);
  verdict.appraised = {{uuid(whole), "A"}};
  take(verdict);
  EXPECT_EQ(status(part), FolderStatus::appraised);
  transfer_offered(tenant_.archive, process, parties_, "cli");
  const XdomeaMessage handed = message(process, MessageType::transfer);
  ASSERT_EQ(handed.objects.size(), 1U);
  EXPECT_EQ(handed.objects[0].children.back().children.at(0).files.size(), 2U);

  XdomeaMessage failed = answer(process, MessageType::import_report);
  failed.imported = {{uuid(whole), false, "Prüfsumme falsch", ""}};
  take(failed);
  EXPECT_EQ(status(whole), FolderStatus::appraised);
  EXPECT_EQ(status(part), FolderStatus::appraised) << "what lies in a folder shares what became of it";
  EXPECT_FALSE(permitted(part));
  EXPECT_EQ(open_transfers(tenant_.archive, 10).size(), 2U);
  const std::string again = transfer_folders(tenant_.archive, {whole, part}, parties_, "cli");
  EXPECT_EQ(message(again, MessageType::transfer).objects.size(), 1U);
  XdomeaMessage report = answer(again, MessageType::import_report);
  report.imported = {{uuid(whole), true, "", "Best. 7"}};
  take(report);
  EXPECT_TRUE(permitted(whole));
  EXPECT_TRUE(permitted(part));
  for (const ProcessFolder& folder : disposal_process(tenant_.archive, again).folders) {
    EXPECT_EQ(folder.imported, true);
    EXPECT_EQ(folder.archive_reference, "Best. 7");
  }
}

TEST_F(Offers, APartCanBeWorthKeepingWhereTheFolderIsNotAndTheOtherWayRound) {
  const auto [kept, dropped_part] = closed_with_part("61.10.30/77");
  const auto [dropped, kept_part] = closed_with_part("61.10.30/78");
  const std::string process =
      appraised({kept, dropped},
                {{uuid(kept), "A"}, {uuid(dropped_part), "V"}, {uuid(dropped), "V"}, {uuid(kept_part), "A"}});
  EXPECT_TRUE(permitted(dropped_part));
  EXPECT_TRUE(permitted(dropped));
  transfer_offered(tenant_.archive, process, parties_, "cli");
  const XdomeaMessage handed = message(process, MessageType::transfer);
  ASSERT_EQ(handed.objects.size(), 2U);
  EXPECT_EQ(handed.objects[0].id, uuid(kept));
  for (const RecordObject& child : handed.objects[0].children) EXPECT_NE(child.kind, RecordKind::folder);
  EXPECT_EQ(handed.objects[1].id, uuid(kept_part));
  XdomeaMessage report = answer(process, MessageType::import_report);
  report.imported = {{uuid(kept), true, "", ""}, {uuid(kept_part), true, "", ""}};
  take(report);
  EXPECT_TRUE(permitted(kept));
  EXPECT_TRUE(permitted(kept_part));
}

TEST_F(Offers, WhatIsDecidedByLetterAboutAFolderHoldsForItsParts) {
  const auto [whole, part] = closed_with_part("61.10.30/77");
  record_appraisals(tenant_.archive, {{whole, AppraisalDecision::transfer, "letter 7", due_day}}, due_day,
                    "cli");
  EXPECT_EQ(status(part), FolderStatus::appraised);
  const std::string process = transfer_folders(tenant_.archive, {part, whole}, parties_, "cli");
  const XdomeaMessage handed = message(process, MessageType::transfer);
  ASSERT_EQ(handed.objects.size(), 1U);
  EXPECT_EQ(handed.objects[0].children.back().id, uuid(part));
}

TEST_F(Offers, PartsThatWouldLieTooDeepAreObjectsOfTheirOwnThatNameTheFolderAroundThem) {
  std::vector<FolderId> line{
      tenant_.archive.add_folder("61.10.30", "61.10.30/77", "Hundesteuer", "cli", day("2015-01-01"))};
  for (int depth = 2; depth <= deepest_folder; ++depth) {
    line.push_back(add_folder(tenant_.archive,
                              {.plan_entry = "",
                               .title = "Teil",
                               .reference = "",
                               .parent = line.back(),
                               .begins_on = day("2015-01-01")},
                              "{plan}-{number}/{year}", due_day, "cli"));
    filed(line.back(), {}, fmt::format("at depth {}", depth));
  }
  for (auto one = line.rbegin(); one != line.rend(); ++one)
    close_folder(tenant_.archive, *one, day("2018-05-05"), due_day, "cli");
  const std::string process = offer_folders(tenant_.archive, {line[0]}, parties_, due_day, "cli");
  const XdomeaMessage offered = message(process, MessageType::offer);
  ASSERT_EQ(offered.objects.size(), 2U);
  EXPECT_EQ(offered.objects[1].id, uuid(line[4]));
  EXPECT_EQ(offered.objects[1].references.at(0),
            (RecordReference{RecordKind::folder, uuid(line[3]),
                             folder_record(tenant_.archive, line[3]).about.reference, "Teil von"}));
  XdomeaMessage verdict = answer(process, MessageType::appraisal);
  verdict.appraised = {{uuid(line[0]), "V"}, {uuid(line[4]), "V"}};
  take(verdict);
  for (const FolderId& one : line) EXPECT_TRUE(permitted(one));
}

TEST_F(Offers, AnOfferWithoutAnAnswerIsTakenBackAndItsFoldersCanBeOfferedAgain) {
  const FolderId first = closed("61.10.30/77");
  const FolderId second = closed("61.10.30/78");
  const std::string process = offer_folders(tenant_.archive, {first, second}, parties_, due_day, "cli");
  EXPECT_EQ(disposal_process(tenant_.archive, process).state, ProcessState::waiting);
  record_appraisal(tenant_.archive, {second, AppraisalDecision::destroy, "letter 7", due_day}, due_day,
                   "cli");
  EXPECT_THROW(withdraw_offer(tenant_.archive, process, "", "m.akte"), Error);
  withdraw_offer(tenant_.archive, process, "the archive moved", "m.akte");
  EXPECT_EQ(status(first), FolderStatus::closed);
  EXPECT_EQ(status(second), FolderStatus::appraised) << "decided by letter meanwhile";
  const DisposalProcess shown = disposal_process(tenant_.archive, process);
  EXPECT_EQ(shown.state, ProcessState::withdrawn);
  EXPECT_EQ(shown.withdrawn_by, "m.akte");
  EXPECT_EQ(shown.withdraw_reason, "the archive moved");

  XdomeaMessage late = answer(process, MessageType::appraisal);
  late.appraised = {{uuid(first), "V"}, {uuid(second), "V"}};
  EXPECT_EQ(code_of_refusal([&] { take(late); }), "offer_withdrawn");
  EXPECT_EQ(code_of_refusal([&] { take(answer(process, MessageType::offer_received)); }), "offer_withdrawn");
  EXPECT_EQ(code_of_refusal([&] { withdraw_offer(tenant_.archive, process, "again", "cli"); }),
            "offer_withdrawn");

  const std::string again = offer_folders(tenant_.archive, {first}, parties_, due_day, "cli");
  XdomeaMessage verdict = answer(again, MessageType::appraisal);
  verdict.appraised = {{uuid(first), "A"}};
  EXPECT_TRUE(take(verdict).changed);
  EXPECT_EQ(code_of_refusal([&] { withdraw_offer(tenant_.archive, again, "too late", "cli"); }),
            "offer_answered");
  EXPECT_EQ(disposal_process(tenant_.archive, again).state, ProcessState::appraised);
  transfer_offered(tenant_.archive, again, parties_, "cli");
  EXPECT_EQ(disposal_process(tenant_.archive, again).state, ProcessState::transferred);
  EXPECT_TRUE(open_transfers(tenant_.archive, 10).empty());
}

TEST_F(Offers, WhatIsAppraisedByLetterOrFailedToBeTakenOverIsListedToBeHandedOver) {
  const FolderId by_letter = closed("61.10.30/77");
  const FolderId failing = closed("61.10.30/78");
  record_appraisals(tenant_.archive, {{by_letter, AppraisalDecision::transfer, "letter 7", due_day}}, due_day,
                    "cli");
  const std::string process = appraised({failing}, {{uuid(failing), "A"}});
  ASSERT_EQ(open_transfers(tenant_.archive, 10).size(), 1U) << "the other's process has yet to hand it over";
  EXPECT_EQ(open_transfers(tenant_.archive, 10)[0].source, "letter 7");
  transfer_offered(tenant_.archive, process, parties_, "cli");
  XdomeaMessage report = answer(process, MessageType::import_report);
  report.imported = {{uuid(failing), false, "Prüfsumme falsch", ""}};
  take(report);
  const auto open = open_transfers(tenant_.archive, 10);
  ASSERT_EQ(open.size(), 2U);
  EXPECT_EQ(open[1].message, "Prüfsumme falsch");
  const DisposalProcess shown = disposal_process(tenant_.archive, process);
  EXPECT_EQ(shown.state, ProcessState::confirmed);
  EXPECT_EQ(shown.failed, 1);
}

TEST_F(Offers, DecisionsOnPaperAreRecordedAllOrNone) {
  const FolderId due = closed("61.10.30/77");
  const FolderId open = tenant_.archive.add_folder("61.10.30", "61.10.30/78", "Hundesteuer", "cli");
  EXPECT_EQ(code_of_refusal([&] {
              record_appraisals(tenant_.archive,
                                {{due, AppraisalDecision::destroy, "letter 7", due_day},
                                 {open, AppraisalDecision::destroy, "letter 7", due_day}},
                                due_day, "cli");
            }),
            "folder_not_due");
  EXPECT_EQ(status(due), FolderStatus::closed);
}

TEST_F(Offers, AVMayBeDestroyedAndIsNotHandedOver) {
  const FolderId id = closed("61.10.30/77");
  const std::string process = appraised({id}, {{uuid(id), "V"}});
  EXPECT_EQ(status(id), FolderStatus::appraised);
  EXPECT_TRUE(permitted(id));
  EXPECT_EQ(code_of_refusal([&] { transfer_offered(tenant_.archive, process, parties_, "cli"); }),
            "nothing_chosen");
  EXPECT_EQ(code_of_refusal([&] { transfer_folders(tenant_.archive, {id}, parties_, "cli"); }),
            "transfer_undecided");
}

TEST_F(Offers, OnlyWhatIsClosedDueAndFreeIsOfferedAllOrNothing) {
  const FolderId good = closed("61.10.30/77");
  const FolderId open = tenant_.archive.add_folder("61.10.30", "61.10.30/78", "Hundesteuer", "cli");
  const FolderId held = closed("61.10.30/79");
  place_hold(tenant_.archive, {held}, {"Klage", "Rechtsamt", day("2028-01-01")}, "cli");
  const auto offered = [&](const std::vector<FolderId>& folders, const char* on) {
    return code_of_refusal([&] { offer_folders(tenant_.archive, folders, parties_, day(on), "cli"); });
  };
  EXPECT_EQ(offered({good, open}, "2027-01-04"), "folder_not_closed");
  EXPECT_EQ(offered({good, held}, "2027-01-04"), "hold_standing");
  EXPECT_EQ(offered({good}, "2026-12-31"), "folder_not_due");
  EXPECT_EQ(offered({}, "2027-01-04"), "nothing_chosen");
  EXPECT_THROW(offer_folders(tenant_.archive, {good, good}, parties_, due_day, "cli"), Error);
  EXPECT_THROW(offer_folders(tenant_.archive, {{"none"}}, parties_, due_day, "cli"), NotFound);
  EXPECT_EQ(status(good), FolderStatus::closed);
  EXPECT_FALSE(std::filesystem::exists(tenant_.path() / "outbox"));
  EXPECT_EQ(offered({good}, "2027-01-04"), "");
  EXPECT_EQ(offered({good}, "2027-01-04"), "disposal_begun");
  DisposalParties nobody = parties_;
  nobody.archive = {};
  EXPECT_EQ(code_of_refusal([&] { offer_folders(tenant_.archive, {good}, nobody, due_day, "cli"); }),
            "parties_missing");
}

TEST_F(Offers, AHoldPlacedAfterTheOfferStopsTheTransfer) {
  const FolderId id = closed("61.10.30/77");
  const std::string process = appraised({id}, {{uuid(id), "A"}});
  const auto hold = place_hold(tenant_.archive, {id}, {"Klage", "Rechtsamt", day("2028-01-01")}, "cli");
  EXPECT_EQ(code_of_refusal([&] { transfer_offered(tenant_.archive, process, parties_, "cli"); }),
            "hold_standing");
  lift_hold(tenant_.archive, hold.at(0), "Urteil", "cli");
  EXPECT_NO_THROW(transfer_offered(tenant_.archive, process, parties_, "cli"));
}

TEST_F(Offers, BadAnswersAreRefusedWhole) {
  const FolderId id = closed("61.10.30/77");
  const FolderId other = closed("61.10.30/78");
  const FolderId foreign = closed("61.10.30/79");
  const std::string process = offer_folders(tenant_.archive, {id, other}, parties_, due_day, "cli");
  const std::string elsewhere = offer_folders(tenant_.archive, {foreign}, parties_, due_day, "cli");
  const auto verdict = [&](const std::string& of, const std::vector<AppraisedObject>& codes) {
    XdomeaMessage message = answer(of, MessageType::appraisal);
    message.appraised = codes;
    return code_of_refusal([&] { take(message); });
  };
  EXPECT_EQ(verdict(new_uuid(), {{uuid(id), "A"}}), "process_unknown");
  EXPECT_EQ(verdict(process, {{uuid(id), "A"}, {uuid(other), "V"}, {uuid(foreign), "V"}}), "object_unknown");
  EXPECT_EQ(verdict(elsewhere, {{uuid(id), "A"}}), "object_unknown");
  EXPECT_EQ(verdict(process, {{uuid(id), "A"}, {uuid(other), "B"}}), "appraisal_unclear");
  EXPECT_EQ(verdict(process, {{uuid(id), "A"}}), "appraisal_incomplete");
  XdomeaMessage wrong = answer(process, MessageType::appraisal);
  wrong.appraised = {{uuid(id), "A"}, {uuid(other), "V"}};
  wrong.head.sender.code = "ein anderes";
  EXPECT_EQ(code_of_refusal([&] { take(wrong); }), "answer_wrong_sender");
  EXPECT_EQ(code_of_refusal([&] { take(answer(process, MessageType::transfer_received)); }),
            "answer_unexpected");
  EXPECT_EQ(code_of_refusal([&] { take(answer(process, MessageType::appraisal_received)); }),
            "answer_unexpected");
  EXPECT_EQ(status(id), FolderStatus::offered);

  EXPECT_EQ(verdict(process, {{uuid(id), "A"}, {uuid(other), "V"}}), "");
  EXPECT_EQ(verdict(process, {{uuid(id), "V"}, {uuid(other), "V"}}), "answer_repeated");
  EXPECT_EQ(appraisal_of(tenant_.archive, id)->decision, AppraisalDecision::transfer);
}

TEST_F(Offers, TheSameAnswerAgainChangesNothing) {
  const FolderId id = closed("61.10.30/77");
  const std::string process = appraised({id}, {{uuid(id), "A"}});
  XdomeaMessage verdict = answer(process, MessageType::appraisal);
  verdict.appraised = {{uuid(id), "A"}};
  const std::int64_t entries = audit_entries();
  const auto before = outbox();
  const TakenAnswer again = take(verdict);
  EXPECT_FALSE(again.changed);
  EXPECT_EQ(again.process, process);
  EXPECT_EQ(audit_entries(), entries);
  EXPECT_EQ(outbox(), before);
}

TEST_F(Offers, AnAppraisalIsInheritedAndMayDifferInside) {
  const FolderId id = closed("61.10.30/77");
  const FolderId other = closed("61.10.30/78");
  const std::string the_case = uuid_of(folder_record(tenant_.archive, id).cases.at(0).about.id.text);
  const std::string other_case = uuid_of(folder_record(tenant_.archive, other).cases.at(0).about.id.text);
  // The one folder without its case; of the other one only the case.
  const std::string process =
      appraised({id, other}, {{uuid(id), "A"}, {the_case, "V"}, {uuid(other), "V"}, {other_case, "A"}});
  EXPECT_EQ(appraisal_of(tenant_.archive, id)->decision, AppraisalDecision::transfer);
  EXPECT_EQ(appraisal_of(tenant_.archive, other)->decision, AppraisalDecision::transfer);
  transfer_offered(tenant_.archive, process, parties_, "cli");
  const XdomeaMessage transferred = message(process, MessageType::transfer);
  ASSERT_EQ(transferred.objects.size(), 2U);
  EXPECT_EQ(transferred.objects[0].id, uuid(id));
  ASSERT_EQ(transferred.objects[0].children.size(), 1U);
  EXPECT_EQ(transferred.objects[0].children[0].kind, RecordKind::document);
  EXPECT_EQ(transferred.objects[1].id, other_case);
  EXPECT_EQ(transferred.objects[1].kind, RecordKind::record_case);
  EXPECT_EQ(transferred.objects[1].children.size(), 1U);

  XdomeaMessage report = answer(process, MessageType::import_report);
  report.imported = {{uuid(id), true, "", ""}, {the_case, true, "", ""}};
  EXPECT_EQ(code_of_refusal([&] { take(report); }), "object_unknown") << "that case was not handed over";
  report.imported = {{uuid(id), true, "", "a"}, {other_case, true, "", "b"}};
  take(report);
  EXPECT_TRUE(permitted(id));
  EXPECT_TRUE(permitted(other));
}

TEST_F(Offers, WhatFailedToBeImportedStaysAndCanBeHandedOverAgain) {
  const FolderId good = closed("61.10.30/77");
  const FolderId bad = closed("61.10.30/78");
  const FolderId silent = closed("61.10.30/79");
  const std::string process =
      appraised({good, bad, silent}, {{uuid(good), "A"}, {uuid(bad), "A"}, {uuid(silent), "A"}});
  EXPECT_EQ(code_of_refusal([&] { transfer_folders(tenant_.archive, {bad}, parties_, "cli"); }),
            "transfer_open");
  transfer_offered(tenant_.archive, process, parties_, "cli");
  XdomeaMessage report = answer(process, MessageType::import_report);
  report.imported = {{uuid(good), true, "", ""}, {uuid(bad), false, "Datei nicht lesbar", ""}};
  take(report);
  EXPECT_TRUE(permitted(good));
  EXPECT_FALSE(permitted(bad));
  EXPECT_FALSE(permitted(silent)) << "it was not named";
  EXPECT_EQ(status(bad), FolderStatus::appraised);
  EXPECT_EQ(status(silent), FolderStatus::appraised);
  const DisposalProcess shown = disposal_process(tenant_.archive, process);
  EXPECT_EQ(shown.folders[1].message, "Datei nicht lesbar");
  EXPECT_EQ(shown.folders[1].imported, false);
  EXPECT_FALSE(shown.folders[2].imported);
  EXPECT_EQ(code_of_refusal([&] { transfer_folders(tenant_.archive, {good}, parties_, "cli"); }),
            "transferred_already");

  const std::string again = transfer_folders(tenant_.archive, {bad, silent}, parties_, "cli");
  EXPECT_NE(again, process);
  EXPECT_EQ(message(again, MessageType::transfer).objects.size(), 2U);
  XdomeaMessage better = answer(again, MessageType::import_report);
  better.imported = {{uuid(bad), true, "", ""}, {uuid(silent), true, "", ""}};
  take(better);
  EXPECT_TRUE(permitted(bad));
  EXPECT_TRUE(permitted(silent));
}

TEST_F(Offers, AFailureInsideAFolderKeepsTheWholeFolder) {
  const FolderId id = closed("61.10.30/77");
  const std::string the_case = uuid_of(folder_record(tenant_.archive, id).cases.at(0).about.id.text);
  const std::string process = appraised({id}, {{uuid(id), "A"}});
  transfer_offered(tenant_.archive, process, parties_, "cli");
  XdomeaMessage report = answer(process, MessageType::import_report);
  report.imported = {{uuid(id), true, "", ""}, {the_case, false, "unvollständig", ""}};
  take(report);
  EXPECT_FALSE(permitted(id));
  EXPECT_EQ(status(id), FolderStatus::appraised);
}

TEST_F(Offers, WithoutNamesNothingIsConfirmed) {
  const FolderId id = closed("61.10.30/77");
  const std::string process = appraised({id}, {{uuid(id), "A"}});
  transfer_offered(tenant_.archive, process, parties_, "cli");
  ReadContainer old;
  old.message = answer(process, MessageType::import_report);
  old.message.whole_import = ImportedObject{"", true, "", ""};
  old.message_sha256 = std::string(64, 'a');
  old.bare = true;
  const Descriptor file(memfd_create("answer", MFD_CLOEXEC));
  const auto taken = [&] { take_answer(tenant_.archive, old, file.number(), parties_, due_day, "cli"); };
  EXPECT_EQ(code_of_refusal(taken), "import_unnamed");
  old.message.whole_import = ImportedObject{"", false, "Container unlesbar", ""};
  EXPECT_EQ(code_of_refusal(taken), "");
  EXPECT_EQ(status(id), FolderStatus::appraised);
  EXPECT_EQ(disposal_process(tenant_.archive, process).folders[0].message, "Container unlesbar");
}

TEST_F(Offers, TwoStagesWithAFilePlanAppraisedBeforehand) {
  parties_.schemas = eakte::testing::xdomea_schemas();
  const FolderId taken = closed("61.10.30/77");
  EXPECT_EQ(code_of_refusal([&] { appraise_by_plan(tenant_.archive, {taken}, day("2027-03-01"), "cli"); }),
            "plan_not_appraised");
  const std::string process = send_file_plan(tenant_.archive, parties_, "cli");
  const XdomeaMessage sent = message(process, MessageType::plan);
  std::map<std::string, std::string> ids;
  const std::function<void(const std::vector<PlanUnit>&)> collect = [&](const std::vector<PlanUnit>& units) {
    for (const PlanUnit& unit : units) {
      ids[unit.number] = unit.id;
      collect(unit.children);
    }
  };
  collect(sent.plan->units);
  EXPECT_EQ(ids.size(), tenant_.archive.file_plan().entries.size());
  EXPECT_TRUE(take(answer(process, MessageType::plan_received)).changed);

  XdomeaMessage verdict = answer(process, MessageType::plan_appraisal);
  verdict.appraised = {{ids.at("61"), "A"}, {new_uuid(), "V"}};
  take(verdict);
  const XdomeaMessage report = message(process, MessageType::plan_imported);
  ASSERT_EQ(report.imported.size(), 2U);
  EXPECT_TRUE(report.imported[0].success);
  EXPECT_FALSE(report.imported[1].success);
  EXPECT_EQ(message(process, MessageType::plan_appraisal_received).head.process, process);
  EXPECT_EQ(plan_appraisal_of(tenant_.archive, "61.10.30")->plan_entry, "61");
  EXPECT_FALSE(plan_appraisal_of(tenant_.archive, "11.50.20"));

  EXPECT_EQ(code_of_refusal([&] { appraise_by_plan(tenant_.archive, {taken}, day("2026-12-31"), "cli"); }),
            "folder_not_due");
  appraise_by_plan(tenant_.archive, {taken}, day("2027-03-01"), "cli");
  EXPECT_EQ(appraisal_of(tenant_.archive, taken)->source, process);
  const std::string transfer = transfer_folders(tenant_.archive, {taken}, parties_, "cli");
  XdomeaMessage imported = answer(transfer, MessageType::import_report);
  imported.imported = {{uuid(taken), true, "", ""}};
  take(imported);
  EXPECT_TRUE(permitted(taken));
}

TEST_F(Offers, TheOriginalOfAPartOfABatchStaysHere) {
  const FolderId id =
      tenant_.archive.add_folder("61.10.30", "61.10.30/80", "Hundesteuer", "cli", day("2015-01-01"));
  NewDocument part = tenant_.letter(tenant_.accept("the whole batch"), "the whole batch");
  part.fields.plan_entry = "61.10.30";
  part.fields.folder = id;
  part.received_on = day("2016-03-02");
  part.source = "batch";
  part.renditions.push_back({RenditionRole::pdfa, tenant_.archive.objects().put("%PDF"), "application/pdf"});
  tenant_.archive.file(part, "system");
  close_folder(tenant_.archive, id, day("2018-05-05"), due_day, "cli");
  const std::string process = appraised({id}, {{uuid(id), "A"}});
  transfer_offered(tenant_.archive, process, parties_, "cli");
  const RecordObject document = message(process, MessageType::transfer).objects.at(0).children.at(0);
  EXPECT_EQ(document.files.size(), 1U);
  EXPECT_NE(document.note.find("Stapel"), std::string::npos);
}

TEST_F(Offers, WhatWasOfferedLeavesTheOutboxWhenAFolderIsDestroyedAndACrashLeavesNothing) {
  const FolderId id = closed("61.10.30/77");
  const std::string process = appraised({id}, {{uuid(id), "V"}});
  EXPECT_EQ(outbox().size(), 3U);
  std::ofstream(tenant_.path() / "outbox" / (new_uuid() + "_Aussonderung.Aussonderung.0503.zip"))
      << "left behind";
  EXPECT_EQ(remove_messages_of_destroyed(tenant_.archive), 0);
  EXPECT_EQ(outbox().size(), 3U);
  tenant_.archive.database().write(
      [&](Connection& connection) { connection.execute("UPDATE folder SET status = 'destroyed'"); });
  EXPECT_EQ(remove_messages_of_destroyed(tenant_.archive), 1);
  EXPECT_EQ(outbox(), (std::vector<std::string>{"Aussonderung.BewertungEmpfangBestaetigen.0505.zip",
                                                "Aussonderung.Bewertungsverzeichnis.0502.xml"}));
  EXPECT_THROW(open_message(tenant_.archive, process, MessageType::offer), NotFound);
  EXPECT_TRUE(check_outbox(tenant_.archive).empty());
}

TEST_F(Offers, ADamagedMessageIsNotHandedOutAndVerifySaysSo) {
  const FolderId id = closed("61.10.30/77");
  const std::string process = offer_folders(tenant_.archive, {id}, parties_, due_day, "cli");
  const auto file = tenant_.path() / "outbox" / (process + "_Aussonderung.Anbieteverzeichnis.0501.zip");
  std::filesystem::permissions(file, std::filesystem::perms::owner_write, std::filesystem::perm_options::add);
  std::ofstream(file, std::ios::app) << "x";
  EXPECT_THROW(open_message(tenant_.archive, process, MessageType::offer), Damaged);
  EXPECT_EQ(check_outbox(tenant_.archive).size(), 1U);
}

}  // namespace
}  // namespace eakte::archive
