/** LogonType of 4624 and others; other numbers have no name (ecs-mapping 4.2). */
export const logonTypes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    2: "Interactive",
    3: "Network",
    4: "Batch",
    5: "Service",
    7: "Unlock",
    8: "NetworkCleartext",
    9: "NewCredentials",
    10: "RemoteInteractive",
    11: "CachedInteractive",
  }),
);

/** ServiceType of 4697 and 7045 (winsvc.h). */
export const serviceTypes: ReadonlyMap<number, string> = new Map([
  [0x1, "Kernel Driver"],
  [0x2, "File System Driver"],
  [0x8, "Recognizer Driver"],
  [0x10, "Win32 Own Process"],
  [0x20, "Win32 Share Process"],
  [0x110, "Interactive Own Process"],
  [0x120, "Interactive Share Process"],
]);

/** The bits of NewUacValue, from the lowest (MS-SAMR 2.2.1.12). */
export const accountFlags: readonly string[] = [
  "USER_ACCOUNT_DISABLED",
  "USER_HOME_DIRECTORY_REQUIRED",
  "USER_PASSWORD_NOT_REQUIRED",
  "USER_TEMP_DUPLICATE_ACCOUNT",
  "USER_NORMAL_ACCOUNT",
  "USER_MNS_LOGON_ACCOUNT",
  "USER_INTERDOMAIN_TRUST_ACCOUNT",
  "USER_WORKSTATION_TRUST_ACCOUNT",
  "USER_SERVER_TRUST_ACCOUNT",
  "USER_DONT_EXPIRE_PASSWORD",
  "USER_ACCOUNT_AUTO_LOCKED",
  "USER_ENCRYPTED_TEXT_PASSWORD_ALLOWED",
  "USER_SMARTCARD_REQUIRED",
  "USER_TRUSTED_FOR_DELEGATION",
  "USER_NOT_DELEGATED",
  "USER_USE_DES_KEY_ONLY",
  "USER_DONT_REQUIRE_PREAUTH",
  "USER_PASSWORD_EXPIRED",
  "USER_TRUSTED_TO_AUTHENTICATE_FOR_DELEGATION",
  "USER_NO_AUTH_DATA_REQUIRED",
  "USER_PARTIAL_SECRETS_ACCOUNT",
  "USER_USE_AES_KEYS",
];

const auditCategories: readonly (readonly [category: string, subcategories: string])[] = [
  [
    "System",
    "9210 Security State Change|9211 Security System Extension|9212 System Integrity|9213 IPsec Driver|9214 Other System Events",
  ],
  [
    "Logon/Logoff",
    "9215 Logon|9216 Logoff|9217 Account Lockout|9218 IPsec Main Mode|9219 IPsec Quick Mode|921a IPsec Extended Mode|921b Special Logon|921c Other Logon/Logoff Events|9243 Network Policy Server|9247 User / Device Claims|9249 Group Membership",
  ],
  [
    "Object Access",
    "921d File System|921e Registry|921f Kernel Object|9220 SAM|9221 Certification Services|9222 Application Generated|9223 Handle Manipulation|9224 File Share|9225 Filtering Platform Packet Drop|9226 Filtering Platform Connection|9227 Other Object Access Events|9244 Detailed File Share|9245 Removable Storage|9246 Central Policy Staging",
  ],
  [
    "Privilege Use",
    "9228 Sensitive Privilege Use|9229 Non Sensitive Privilege Use|922a Other Privilege Use Events",
  ],
  [
    "Detailed Tracking",
    "922b Process Creation|922c Process Termination|922d DPAPI Activity|922e RPC Events|9248 Plug and Play Events|924a Token Right Adjusted Events",
  ],
  [
    "Policy Change",
    "922f Audit Policy Change|9230 Authentication Policy Change|9231 Authorization Policy Change|9232 MPSSVC Rule-Level Policy Change|9233 Filtering Platform Policy Change|9234 Other Policy Change Events",
  ],
  [
    "Account Management",
    "9235 User Account Management|9236 Computer Account Management|9237 Security Group Management|9238 Distribution Group Management|9239 Application Group Management|923a Other Account Management Events",
  ],
  [
    "DS Access",
    "923b Directory Service Access|923c Directory Service Changes|923d Directory Service Replication|923e Detailed Directory Service Replication",
  ],
  [
    "Account Logon",
    "923f Credential Validation|9240 Kerberos Service Ticket Operations|9241 Other Account Logon Events|9242 Kerberos Authentication Service",
  ],
];

/** SubcategoryGuid of 4719, lower case, to the names of category and subcategory (MS-GPAC 2.2.1.3). */
export const auditSubcategories: ReadonlyMap<
  string,
  { readonly category: string; readonly subcategory: string }
> = new Map(
  auditCategories.flatMap(([category, subcategories]) =>
    subcategories.split("|").map((entry) => {
      const guid = `{0cce${entry.slice(0, 4)}-69ae-11d9-bed3-505054503030}`;
      return [guid, { category, subcategory: entry.slice(5) }] as const;
    }),
  ),
);
