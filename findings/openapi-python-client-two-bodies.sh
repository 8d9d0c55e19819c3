#!/bin/sh
# openapi-python-client: the function for a required body of two types uses a name that it does not import.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
cd "$folder"
for version in 0.27.1 0.29.1; do
  python3 -m venv $version
  $version/bin/pip install --quiet --disable-pip-version-check openapi-python-client==$version
done
cat > notes.json <<'END'
{
  "openapi": "3.0.3",
  "info": {"title": "Notes", "version": "1"},
  "paths": {"/notes": {"post": {
    "operationId": "add_note",
    "tags": ["notes"],
    "requestBody": {"required": true, "content": {
      "application/json": {"schema": {"$ref": "#/components/schemas/Note"}},
      "multipart/form-data": {"schema": {"$ref": "#/components/schemas/NoteWithFile"}}
    }},
    "responses": {"201": {"description": "It is added."}}
  }}},
  "components": {"schemas": {
    "Note": {"type": "object", "properties": {"text": {"type": "string"}}},
    "NoteWithFile": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}
  }}
}
END

make() { PATH="$folder/$1/bin:$PATH" "$1/bin/openapi-python-client" generate --path notes.json --meta none --output-path "$2" >/dev/null; }
make 0.27.1 earlier
make 0.29.1 later
0.29.1/bin/python - <<'END'
import importlib
import sys


def call(package):
    try:
        note = importlib.import_module(f"{package}.models").Note(text="Hello")
        return importlib.import_module(f"{package}.api.notes.add_note")._get_kwargs(body=note)["json"]
    except NameError as error:
        return str(error)


earlier, later = call("earlier"), call("later")
print("version: openapi-python-client 0.29.1 (and 0.27.1)")
print("expected:", {"text": "Hello"})
print("seen:", later, "(and", earlier, "with 0.27.1)")
sys.exit(not ("'Unset' is not defined" in later and earlier == {"text": "Hello"}))
END
