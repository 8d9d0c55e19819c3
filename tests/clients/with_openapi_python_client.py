"""What a client of openapi-python-client can do. Called with the site's address and a picture."""

import json
import sys
from io import BytesIO
from pathlib import Path

from bottle_portfolio_client import AuthenticatedClient, Client
from bottle_portfolio_client.api.posts import create_post, put_image
from bottle_portfolio_client.api.sessions import create_session
from bottle_portfolio_client.api.users import create_user, delete_user, list_users, update_user
from bottle_portfolio_client.models import CreatePostJsonBody, CreateSessionBody, CreateUserBody, UpdateUserBody
from bottle_portfolio_client.types import File

address, picture = sys.argv[1:]
visitor = Client(base_url=address)
listed = list_users.sync(client=visitor, limit=3)
filtered = list_users.sync(client=visitor, uid="hop")
ada = CreateUserBody(name="Ada Lovelace", uid="ada", password="battery staple")
created = create_user.sync(client=visitor, body=ada)
refused = create_user.sync(client=visitor, body=ada)
login = CreateSessionBody(uid="ada", password="battery staple")
member = AuthenticatedClient(base_url=address, token=create_session.sync(client=visitor, body=login).token)
updated = update_user.sync(created.id, client=member, body=UpdateUserBody(name="Ada L."))
post = create_post.sync(client=member, body=CreatePostJsonBody(note="Look"))
uploaded = put_image.sync(post.id, client=member, body=File(payload=BytesIO(Path(picture).read_bytes())))
deleted = delete_user.sync_detailed(created.id, client=member)
print(
    json.dumps(
        {
            "listed": [user.uid for user in listed.users],
            "filtered": [user.name for user in filtered.users],
            "created": created.uid,
            "refused": refused.problems.to_dict(),
            "updated": updated.name,
            "uploaded": uploaded.image.width,
            "deleted": int(deleted.status_code),
        }
    )
)
