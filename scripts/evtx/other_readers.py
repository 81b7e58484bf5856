"""Reads event logs with two other readers, python-evtx and libevtx (evtxexport), for scripts/evtx.ts.

    python3 other_readers.py READER FILE...

READER is `python-evtx` or `libevtx`. Prints a line of JSON for each record:
file, and of its XML System by name, the values of EventData in order, and those of UserData with
the path of names that leads to each. `error` stands in place of them where the reader failed. Writes nothing.
"""

import json
import re
import subprocess
import sys
from xml.etree.ElementTree import TreeBuilder
from xml.parsers import expat

# What no XML may hold, and what the readers write all the same.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def main():
    reader, *files = sys.argv[1:]
    read = {"python-evtx": read_python_evtx, "libevtx": read_libevtx}[reader]
    for file in files:
        try:
            for event in read(file):
                print(json.dumps({"file": file, **event}))
        except Exception as error:  # a reader may fail in any way; that is one of its results
            print(json.dumps({"file": file, "error": repr(error)}))


def read_python_evtx(file):
    from Evtx.Evtx import Evtx

    with Evtx(file) as log:
        for record in log.records():
            try:
                yield parse(record.xml())
            except Exception as error:
                yield {"record": str(record.record_num()), "error": repr(error)}


def read_libevtx(file):
    output = subprocess.run(["evtxexport", "-f", "xml", file], capture_output=True, check=False)
    text = output.stdout.decode("utf-8", "surrogatepass")
    # Lines that are not XML (its name, warnings) stand between the events, which it ends on a line of their own.
    for found in re.finditer(r"^<Event .*?^</Event>$", text, re.MULTILINE | re.DOTALL):
        try:
            yield parse(found.group())
        except Exception as error:
            yield {"error": repr(error), "text": found.group()[:400]}


def parse(text):
    root = element_of(FORBIDDEN.sub("\ufffd", text))
    event = {"system": {}, "data": [], "user": []}
    for child in root:
        name = local(child)
        if name == "System":
            for element in child:
                event["system"][local(element)] = element.text or ""
                for attribute, value in element.attrib.items():
                    event["system"][f"{local(element)}@{attribute}"] = value
        elif name == "EventData":
            event["data"] = [[named(element), element.text or ""] for element in child]
        elif name == "UserData":
            for element in child:
                event["user"].extend(leaves(element, local(element)))
    return event


def element_of(text):
    """The root of a text, prefixes of names left alone: events use some that nothing declares."""
    builder = TreeBuilder()
    parser = expat.ParserCreate()
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.Parse(text, True)
    return builder.close()


def named(element):
    return element.get("Name") or (None if local(element) == "Data" else local(element))


def leaves(element, path):
    if len(element) == 0:
        yield [path, element.text or ""]
    for child in element:
        yield from leaves(child, f"{path}/{child.get('Name') or local(child)}")


def local(element):
    return element.tag.split(":")[-1]


main()
