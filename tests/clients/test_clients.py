"""Programs that others have made write a client from the description, and it works. Run by `make clients`."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.drawn import png
from tests.server import free_port, server

HERE = Path(__file__).parent
BIN, NODE = Path(sys.executable).parent, HERE / "node_modules" / ".bin"
TYPES = {"strict": True, "target": "es2022", "module": "nodenext", "lib": ["es2022", "dom", "dom.iterable"]}
HEY_API = {
    "input": "api.json",
    "output": {"path": "hey", "importFileExtension": ".js"},
    "plugins": ["@hey-api/client-fetch", "@hey-api/typescript", "@hey-api/sdk"],
}
WHAT_EACH_CAN_DO = {
    "listed": ["toby", "niko", "lex"],
    "filtered": ["Grace Hopper"],
    "created": "ada",
    "refused": {"uid": "is already taken"},
    "updated": "Ada L.",
    "uploaded": 40,
    "deleted": 204,
}


@pytest.fixture
def place(tmp_path, sample_volumes):
    """A folder with the description as `api.json`, a picture, and `address`, where the site runs."""
    shutil.copytree(sample_volumes, tmp_path / "volumes")
    port = free_port()
    (tmp_path / "picture.png").write_bytes(png(width=40, height=30))
    with server(tmp_path, port):
        address = f"http://127.0.0.1:{port}"
        run(tmp_path, sys.executable, "-c", FETCH, f"{address}/api/openapi.json", "api.json")
        yield tmp_path, address


FETCH = "import sys, urllib.request as u; u.urlretrieve(*sys.argv[1:])"


def run(folder, *command):
    """What it prints; it fails with what it says."""
    done = subprocess.run(list(map(str, command)), cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def typescript(place, script, *generate):
    """What a script prints, once a client is generated and the compiler finds that their types fit each other."""
    folder, address = place
    (folder / "package.json").write_text('{"type": "module"}')
    (folder / "node_modules").symlink_to(HERE / "node_modules")
    shutil.copy(HERE / script, folder)
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": TYPES | {"outDir": "js"}, "files": [script]}))
    run(folder, *generate)
    run(folder, NODE / "tsc")
    return json.loads(run(folder, "node", Path("js") / script.replace(".ts", ".js"), address, "picture.png"))


def test_openapi_python_client(place):
    folder, address = place
    run(folder, BIN / "openapi-python-client", "generate", "--path", "api.json", "--meta", "none")
    shutil.copy(HERE / "with_openapi_python_client.py", folder)
    printed = run(folder, sys.executable, "with_openapi_python_client.py", address, "picture.png")
    assert json.loads(printed) == WHAT_EACH_CAN_DO


def test_openapi_typescript_with_openapi_fetch(place):
    generate = (NODE / "openapi-typescript", "api.json", "-o", "api.d.ts")
    assert typescript(place, "with_openapi_fetch.ts", *generate) == WHAT_EACH_CAN_DO


def test_hey_api(place):
    (place[0] / "openapi-ts.config.js").write_text(f"export default {json.dumps(HEY_API)};")
    assert typescript(place, "with_hey_api.ts", NODE / "openapi-ts") == WHAT_EACH_CAN_DO


def test_openapi_generators_typescript_fetch(place):
    generate = [BIN / "openapi-generator-cli", "generate", "-g", "typescript-fetch", "-i", "api.json", "-o", "fetch"]
    generate += ["--additional-properties", "importFileExtension=.js"]
    generate += ["--global-property", "skipFormModel=false"]  # else it imports models that it does not write
    assert typescript(place, "with_typescript_fetch.ts", *generate) == WHAT_EACH_CAN_DO
