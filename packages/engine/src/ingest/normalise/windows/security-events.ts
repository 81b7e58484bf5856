import type { Categorisation } from "./mapping.ts";

/**
 * ecs-mapping 4.1: ids, `event.action`, `event.category`, `event.type`; several of each are separated
 * by blanks. Ids that are not here keep the name of their task as action and have no category.
 */
const table = `
4624 | logged-in | authentication | start
4625 | logon-failed | authentication | start
4634 4647 | logged-out | authentication | end
4648 | logged-in-explicit | authentication | start
4672 | logged-in-special | iam | admin
4964 | logged-in-special | iam | admin group
4768 | kerberos-authentication-ticket-requested | authentication | start
4769 | kerberos-service-ticket-requested | authentication | start
4770 | kerberos-service-ticket-renewed | authentication | start
4771 | kerberos-preauth-failed | authentication | start
4776 | credential-validated | authentication | start
4778 | session-reconnected | authentication session | start
4779 | session-disconnected | authentication session | end
4688 | created-process | process | start
4689 | exited-process | process | end
4673 | privileged-service-called | iam | admin
4674 | privileged-operation | iam | admin
4697 | service-installed | iam configuration | admin change
4698 | scheduled-task-created | iam configuration | creation admin
4699 | scheduled-task-deleted | iam configuration | deletion admin
4700 | scheduled-task-enabled | iam configuration | change admin
4701 | scheduled-task-disabled | iam configuration | change admin
4702 | scheduled-task-updated | iam configuration | change admin
4720 | added-user-account | iam | user creation
4722 | enabled-user-account | iam | user change
4723 | changed-password | iam | user change
4724 | reset-password | iam | user change
4725 | disabled-user-account | iam | user deletion
4726 | deleted-user-account | iam | user deletion
4738 | modified-user-account | iam | user change
4740 | locked-out-user-account | iam | user change
4767 | unlocked-user-account | iam | user change
4781 | renamed-user-account | iam | user change
4727 4731 4754 | added-group-account | iam | group creation
4728 4732 4756 | added-member-to-group | iam | group change
4729 4733 4757 | removed-member-from-group | iam | group change
4730 4734 4758 | deleted-group-account | iam | group deletion
4735 4737 4755 | modified-group-account | iam | group change
4764 | type-changed-group-account | iam | group change
4744 4749 4759 | added-distribution-group-account | iam | group creation
4745 4750 4760 | changed-distribution-group-account | iam | group change
4746 4751 4761 | added-member-to-distribution-group | iam | group change
4747 4752 4762 | removed-member-from-distribution-group | iam | group change
4748 4753 4763 | deleted-distribution-group-account | iam | group deletion
4741 | added-computer-account | iam | creation admin
4742 | changed-computer-account | iam | change admin
4743 | deleted-computer-account | iam | deletion admin
4797 | query-existence-of-blank-password | iam | user info
4798 | group-membership-enumerated | iam | user info
4799 | user-member-enumerated | iam | group info
5379 | credential-manager-credentials-were-read | iam | user info
5380 | vault-credential-find | iam | user info
5381 5382 | vault-credentials-were-read | iam | user info
1100 | logging-service-shutdown | process | end
1102 | audit-log-cleared | iam | admin change
1104 | logging-full | iam | admin
1105 | auditlog-archieved | iam | admin
1108 | logging-processing-error | iam | admin
4627 | group-membership-info | iam | info
4658 | handle-closed-object | iam configuration | change
4662 | object-operation-performed | iam configuration | admin change
4690 | duplicate-handle-attempt | process | access
4704 | user-right-assigned | iam | change user
4657 | registry-value-modified | registry configuration | change
4670 | permissions-changed | iam configuration | admin change
4719 | changed-audit-config | iam configuration | admin change
4817 | object-audit-changed | iam configuration | admin change
4902 | user-audit-policy-created | iam configuration | admin creation
4904 | security-event-source-added | iam configuration | admin change
4905 | security-event-source-removed | iam configuration | admin deletion
4906 | crash-on-audit-changed | iam configuration | admin change
4907 | audit-setting-changed | iam configuration | admin change
4908 | special-group-table-changed | iam configuration | admin change
4912 | per-user-audit-policy-changed | iam configuration | admin change
4706 | domain-trust-added | configuration | creation
4707 | domain-trust-removed | configuration | deletion
4713 | kerberos-policy-changed | configuration | change
4714 | encrypted-data-recovery-policy-changed | configuration | change
4715 | object-audit-policy-changed | configuration | change
4716 | trusted-domain-information-changed | configuration | change
4717 | system-security-access-granted | iam configuration | admin change
4718 | system-security-access-removed | iam configuration | admin deletion
4739 | domain-policy-changed | configuration | change
4610 | authentication-package-loaded | configuration | access
4614 | notification-package-loaded | configuration | access
4622 | security-package-loaded | configuration | access
4611 | trusted-logon-process-registered | configuration | change
4616 | system-time-changed | configuration | change
5136 | directory-service-object-modified | iam configuration | admin change
5140 | network-share-object-accessed | network file | info access
5145 | network-share-object-access-checked | network file | info access
5152 | windows-firewall-packet-drop | network | connection info denied
5156 | windows-firewall-connection | network | connection info allowed
5157 | windows-firewall-packet-block | network | connection info denied
5158 | windows-firewall-bind-local-port | network | info
4950 | windows-firewall-setting-changed | configuration | change
4954 | windows-firewall-group-policy-changed | configuration | change
5024 | windows-firewall-service-started | process | start
5025 | windows-firewall-service-stopped | process | end
5033 | windows-firewall-driver-started | driver | start
5034 | windows-firewall-driver-stopped | driver | end
5037 | windows-firewall-driver-error | driver | end
`;

/** The categorised events of the Security channel, by id. */
export const securityEvents: ReadonlyMap<string, Categorisation> = new Map(
  table
    .trim()
    .split("\n")
    .flatMap((line) => {
      const [ids = "", action = "", category = "", type = ""] = line.split(" | ");
      const found: Categorisation = {
        action,
        category: category.split(" "),
        type: type.split(" "),
      };
      return ids.split(" ").map((id): [string, Categorisation] => [id, found]);
    }),
);
