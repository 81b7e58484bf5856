import { describe, expect, test } from "vitest";
import { normalise, one } from "../../../../test/normalise.ts";

describe("other sources", () => {
  // C16: ECS names and raw ones.
  test("7045: a service, both ways", () => {
    const document = one({
      Event: {
        System: {
          Provider_attributes: { Name: "Service Control Manager" },
          EventID: { "#text": 7045, "#attributes": { Qualifiers: 16384 } },
          Channel: "System",
          Computer: "WS1",
          Security_attributes: { UserID: "S-1-5-21-1-2-3-500" },
          TimeCreated_attributes: { SystemTime: "2026-01-05T08:00:00Z" },
        },
        EventData: {
          ServiceName: "Updater7",
          ImagePath: "%SystemRoot%\\Temp\\u.exe",
          AccountName: "LocalSystem",
        },
      },
    });
    expect(document).toMatchObject({
      event: { code: "7045", provider: "Service Control Manager", dataset: "system.system" },
      service: { name: "Updater7" },
      user: { id: "S-1-5-21-1-2-3-500" },
      winlog: {
        event_data: {
          ServiceName: "Updater7",
          ImagePath: "%SystemRoot%\\Temp\\u.exe",
          AccountName: "LocalSystem",
        },
      },
    });
    expect(document).not.toHaveProperty("event.category");
  });

  const powershell = (id: number, data: Record<string, unknown>) => ({
    Channel: "Microsoft-Windows-PowerShell/Operational",
    EventID: id,
    TimeCreated: "2026-01-05T08:00:00+00:00",
    ...data,
  });

  test("4104: a script block and its measures", () => {
    const document = one(
      powershell(4104, {
        ScriptBlockText: " aabb\n",
        ScriptBlockId: "i",
        MessageNumber: "2",
        MessageTotal: "3",
        Path: "C:\\s\\x.ps1",
      }),
    );
    expect(document).toMatchObject({
      event: { category: ["process"], type: ["info"] },
      powershell: {
        file: {
          script_block_text: "aabb",
          script_block_id: "i",
          script_block_length: 4,
          script_block_unique_symbols: 2,
          script_block_entropy_bits: 1,
          script_block_entropy_normalized: 0.5,
          script_block_surprisal_stdev: 0,
        },
        sequence: 2,
        total: 3,
      },
      file: { path: "C:\\s\\x.ps1", name: "x.ps1", directory: "C:\\s", extension: "ps1" },
    });
  });

  test("4104: a signature is not measured", () => {
    const text = "1\n# SIG # Begin signature block\n# AAAA\n# SIG # End signature block";
    const document = one(powershell(4104, { ScriptBlockText: text }));
    expect(document).toHaveProperty("powershell.file.script_block_length", 1);
    const piece = one(powershell(4104, { ScriptBlockText: "# MIIFdQ==\n# AbCd" }));
    expect(piece).not.toHaveProperty("powershell.file.script_block_length");
  });

  test("4103: context and details", () => {
    const document = one(
      powershell(4103, {
        ContextInfo:
          '        Host Name = ConsoleHost\r\n        Host ID = h-1\r\n        Host Application = powershell.exe -File "a b.ps1"\r\n        Sequence Number = 7\r\n        User = LAB\\mira\r\n        Connected User = LAB\\oto\r\n',
        Payload: `CommandInvocation(Get-Item): "Get-Item"\r\nParameterBinding(Get-Item): name="Path"; value="C:\\x; y"\r\n`,
      }),
    );
    expect(document).toMatchObject({
      process: {
        title: "ConsoleHost",
        entity_id: "h-1",
        args: ["powershell.exe", "-File", "a b.ps1"],
        args_count: 3,
      },
      event: { sequence: 7 },
      user: { domain: "LAB", name: "oto" },
      source: { user: { name: "oto" } },
      destination: { user: { name: "mira" } },
      powershell: {
        command: {
          invocation_details: [
            { type: "CommandInvocation", related_command: "Get-Item", value: `"Get-Item"` },
            {
              type: "ParameterBinding",
              related_command: "Get-Item",
              name: `"Path"`,
              value: `"C:\\x; y"`,
            },
          ],
        },
      },
    });
    expect(document).not.toHaveProperty("winlog.event_data");
  });

  test("400: lines of the message where the export has no parameters", () => {
    const document = one({
      ...powershell(400, {
        Message:
          "Engine state is changed.\r\n\tNewEngineState=Available\r\n\tHostApplication=a.exe b\r\n",
      }),
      Channel: "Windows PowerShell",
    });
    expect(document).toMatchObject({
      event: { type: ["start"], dataset: "windows.powershell" },
      powershell: { engine: { new_state: "Available" } },
      process: { command_line: "a.exe b", args_count: 2 },
    });
  });

  const part = (id: string, number: number, total: number, text: string, Hostname = "WS1") =>
    powershell(4104, {
      ScriptBlockText: text,
      ScriptBlockId: id,
      MessageNumber: `${number}`,
      MessageTotal: `${total}`,
      Hostname,
    });
  const wholesOf = (values: readonly Record<string, unknown>[]) =>
    normalise(values).documents.map((document) => {
      const ours = Object(Object(document.harrier).powershell);
      return ours.script_block_text;
    });

  test("4104 in parts: the last one to come has the whole script as well", () => {
    const parts = [
      part("a", 1, 3, "if (1) {\n"),
      part("b", 1, 2, "x"),
      part("a", 3, 3, "\n}"),
      part("a", 1, 3, "if (1) {\n"),
      part("a", 2, 3, "  run "),
      part("b", 2, 2, "y", "WS2"),
      part("b", 2, 2, "y"),
      part("c", 1, 1, "alone"),
    ];
    const none = undefined;
    const expected = [none, none, none, none, "if (1) {\n  run \n}", none, "xy", none];
    expect(wholesOf(parts)).toEqual(expected);
    const first = normalise(parts).documents[0];
    expect(first).toMatchObject({
      powershell: { file: { script_block_text: "if (1) {" }, total: 3 },
    });
  });

  test("4104 in parts: nothing comes of numbers that cannot be, and what waits is bounded", () => {
    const odd = [
      part("a", 0, 2, "x"),
      part("a", 3, 2, "y"),
      part("a", 1, 2, "1"),
      part("a", 2, 3, "2"),
    ];
    expect(wholesOf(odd)).toEqual([undefined, undefined, undefined, undefined]);
    const many = Array.from({ length: 300 }, (_, n) => part(`s${n}`, 1, 2, "1"));
    const ends = [part("s299", 2, 2, "2"), part("s0", 2, 2, "2")];
    expect(wholesOf([...many, ...ends]).slice(-2)).toEqual(["12", undefined]);
  });

  const defender = (id: number, data: Record<string, unknown>) =>
    one({
      System: {
        Provider: "Microsoft-Windows-Windows Defender",
        EventID: id,
        Channel: "Microsoft-Windows-Windows Defender/Operational",
        Computer: "WS1",
        TimeCreated: "2026-01-05T08:00:00.0000000Z",
      },
      EventData: Object.entries(data),
    });

  test("1117: malware that was dealt with", () => {
    const document = defender(1117, {
      "Threat Name": "Trojan:Lab/Test",
      "Action Name": "Quarantine",
      "Detection User": "LAB\\mira",
      "Process Name": "C:\\Windows\\explorer.exe",
      Path: "containerfile:_C:\\t\\a.zip; file:_C:\\t\\a.tar.gz",
      FWLink: "https://defender.example/1",
      "Error Description": "The operation completed successfully. ",
    });
    expect(document).toMatchObject({
      event: {
        action: "malware-quarantined",
        category: ["malware"],
        type: ["info"],
        outcome: "success",
        reference: "https://defender.example/1",
        dataset: "windows.windows_defender",
      },
      user: { domain: "LAB", name: "mira" },
      file: { path: "C:\\t\\a.tar.gz", name: "a.tar.gz", extension: "tar.gz" },
      process: { executable: "C:\\Windows\\explorer.exe", name: "explorer.exe" },
      winlog: { event_data: { Threat_Name: "Trojan:Lab/Test", Action_Name: "Quarantine" } },
    });
    expect(document).not.toHaveProperty(["winlog", "event_data", "Threat Name"]);
  });

  test.each([
    [1116, {}, "malware-detected", "malware", "info"],
    [1117, { "Action Name": "Remove" }, "malware-detected", "malware", "info"],
    [2000, {}, "antivirus-updated", "process", "info"],
    [2050, {}, "file-uploaded", "file", "info"],
    [5007, {}, "antivirus-configuration-changed", "configuration", "change"],
    [5001, {}, undefined, "process", "info"],
  ])("Defender %i", (id, data, action, category, type) => {
    const event = Object(defender(id, data)?.event);
    expect([event.action, event.category, event.type]).toEqual([action, [category], [type]]);
  });
});
