% # All in one, as each template that another one includes takes its time.
% if posts:
<div class="posts">
% for post in posts:
% author = post.user if with_author else None
<article class="post"{{!f' id="row-{post.id}"' if with_author else f' data-id="{post.id}"' if alive else ""}}>
  % if post.hidden_because:
  <p class="hidden-post"><strong>Hidden</strong> {{post.hidden_because}}</p>
  % end
  <p class="note">{{cell_text(post, "note")}}</p>
  % if post.image:
  % include("parts/picture", post=post)
  % end
  <p class="byline">
    % if author:
    {{!portrait(author, 24)}}
    <a href="{{address(f"/users/{author.id}")}}">{{cell_text(author, "name")}}</a>,
    % end
    % if post.created:
    <time datetime="{{post.created.isoformat()}}Z">{{post.created.isoformat(" ", "minutes")}} UTC</time>
    % else:
    {{cell_text(post, "created")}}
    % end
    % if post.group_id:
    · only for {{groups.get(post.group_id, "one group")}}
    % end
    % if with_links and me and classroom and (me.is_admin or post.is_taught):
    · <a href="{{address(f"/posts/{post.id}/hide")}}">{{"Show again" if post.hidden_because else "Hide"}}<span class="unseen"> post {{post.id}}</span></a>
    % end
    % if with_links and me and (me.is_admin or me.id == post.userID):
    · <a href="{{address(f"/posts/{post.id}/edit")}}">Edit<span class="unseen"> post {{post.id}}</span></a>
    · <a href="{{address(f"/posts/{post.id}/delete")}}">Delete<span class="unseen"> post {{post.id}}</span></a>
    % end
  </p>
</article>
% end
</div>
% end
