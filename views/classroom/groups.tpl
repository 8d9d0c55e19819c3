% rebase("layout", title="Groups", description="The groups that you are in.", made_by="classroom/groups/pages.py → models/group.py → views/classroom/groups.tpl")
% if news:
%   include("parts/news", words=f"The group was {news}.")
% end
<div class="title">
  <h1>Groups</h1>
  % if may_add:
  <p class="actions"><a class="button" href="{{address("/groups/new")}}">Make a group</a></p>
  % end
</div>
% if groups:
<ul>
  % for group in groups:
  <li><a href="{{address(f"/groups/{group.id}")}}">{{group}}</a> <span class="hint">{{f"{group.number_of_people:,}"}} {{"person" if group.number_of_people == 1 else "people"}}{{", you teach it" if group.id in taught else ""}}</span>{{" – quiet: its members can only read" if group.quiet else ""}}</li>
  % end
</ul>
% elif may_add:
<p class="empty">There are no groups yet. <a href="{{address("/groups/new")}}">Make the first one</a>, like a period or a team.</p>
% else:
<p class="empty">You are in no group. Your teacher can take you in.</p>
% end
% if may_add:
<p class="onward"><a href="{{address("/users/import")}}">Import a class</a> from a school’s file ·
<a href="{{address("/users/slips")}}">One-time passwords</a> on slips of paper</p>
% end
